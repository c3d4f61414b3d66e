//! One workgroup, from its start to its end.

use std::panic::Location;
use std::pin::Pin;
use std::task::{Context, Poll, Waker};

use rng::Rng;
use units::count;

use super::Invocation;
use super::fault::{line, raise};
use super::here::{self, Here};
use crate::Stage;

/// A kernel that one invocation runs.
pub(super) type Running<'k> = Pin<Box<dyn Future<Output = ()> + 'k>>;

/// Runs the kernel of each invocation of one workgroup: from barrier to barrier, one after the other, in an order that is
/// drawn each time.
pub(super) fn run(
    invocations: &[Invocation],
    mut running: Vec<Running<'_>>,
    pass: usize,
    rng: &mut Rng,
) {
    let mut order: Vec<usize> = (0..invocations.len()).collect();
    let mut barriers = 0;
    loop {
        rng.shuffle(&mut order);
        let mut came = Vec::new();
        for number in &order {
            let (at, kernel) = (&invocations[*number], &mut running[*number]);
            let here = Here { who: at.who(), pass, barriers, accesses: 0 };
            let poll = || kernel.as_mut().poll(&mut Context::from_waker(Waker::noop()));
            match (here::run(here, poll), at.arrived()) {
                (Poll::Ready(()), _) => {}
                (Poll::Pending, Some(barrier)) => came.push((at, barrier)),
                (Poll::Pending, None) => {
                    raise(Stage::Ends, format!("{} awaits what is no barrier", at.who()))
                }
            }
        }
        if came.is_empty() {
            return;
        }
        all_came_to_one(invocations, came);
        barriers += 1;
    }
}

/// Whether all invocations have come to one barrier.
fn all_came_to_one(
    invocations: &[Invocation],
    mut came: Vec<(&Invocation, &'static Location<'static>)>,
) {
    came.sort_by_key(|(at, _)| at.local_index);
    let (first, barrier) = came[0];
    let missing = invocations
        .iter()
        .find(|at| came.iter().all(|(other, _)| other.local_index != at.local_index));
    if let Some(missing) = missing {
        let wait = match came.len() {
            1 => format!("invocation {} waits", first.local_index),
            several => format!("{} wait", count(several as u64, "invocation")),
        };
        raise(
            Stage::Ends,
            format!(
                "{} did not reach the barrier{}, at which {wait}: it has ended",
                missing.who(),
                line(barrier)
            ),
        );
    }
    if let Some((other, elsewhere)) = came.iter().find(|(_, place)| *place != barrier) {
        raise(
            Stage::Ends,
            format!(
                "{} waits at one barrier{}, and {} at another{}: all have to come to the same",
                first.who(),
                line(barrier),
                other.who().beside(first.who()),
                line(elsewhere)
            ),
        );
    }
}
