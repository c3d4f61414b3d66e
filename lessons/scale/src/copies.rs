//! The control: so many copies of the program, each with one worker, side by side.

use std::panic::resume_unwind;
use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};
use std::sync::{Barrier, Mutex, PoisonError};
use std::thread;

use measure::{Cancellation, Capacity, Error};

use crate::subject::Ended;

/// What one slot has done.
#[derive(Debug, Default, Clone, Copy)]
struct Done {
    copies: f64,
    /// What the copies took; of those that run for a fixed time, for the work of the first run.
    seconds: f64,
    wall: f64,
    cpu: Option<f64>,
}
/// What the machine gives to `slots` copies, where one alone takes `alone` seconds.
///
/// `copy` runs one, and gives its seconds. A slot that is done starts again until every slot was done once: so
/// no copy had the machine to itself while the last one came to its end. What is then under way is stopped, and
/// not counted. Copies that run for a fixed time anyway (`once`) end together by themselves.
pub(crate) fn capacity(
    slots: usize,
    alone: f64,
    once: bool,
    cancellation: &Cancellation,
    copy: impl Fn(&Cancellation) -> Result<(f64, Ended), Error> + Sync,
) -> Result<Capacity, Error> {
    let (common, start) = (cancellation.child(), Barrier::new(slots));
    let (finished, failed) = (AtomicUsize::new(0), Mutex::new(None));
    // ANCHOR: slot
    let slot = || {
        let mut done = Done::default();
        start.wait();
        while finished.load(SeqCst) < slots && !common.is_cancelled() {
            match copy(&common) {
                Ok((seconds, ended)) => done.add(seconds, &ended),
                // Stopped because all are done.
                Err(_) if finished.load(SeqCst) == slots => break,
                Err(error) => {
                    failed.lock().unwrap_or_else(PoisonError::into_inner).get_or_insert(error);
                    common.cancel();
                    break;
                }
            }
            if done.copies == 1.0 && finished.fetch_add(1, SeqCst) + 1 == slots {
                common.cancel();
            }
            if once {
                break;
            }
        }
        done
    };
    // ANCHOR_END: slot
    let all: Vec<Done> = thread::scope(|scope| {
        let threads: Vec<_> = (0..slots).map(|_| scope.spawn(slot)).collect();
        let ended = threads.into_iter().map(thread::ScopedJoinHandle::join);
        ended.map(|done| done.unwrap_or_else(|panic| resume_unwind(panic))).collect()
    });
    match failed.into_inner().unwrap_or_else(PoisonError::into_inner) {
        Some(error) => Err(error),
        None => Ok(Capacity {
            rates: all.iter().map(|done| alone * done.copies / done.seconds).collect(),
            on_core: all.iter().map(|done| Some(done.cpu? / done.wall)).collect(),
        }),
    }
}

impl Done {
    fn add(&mut self, seconds: f64, ended: &Ended) {
        let cpu = ended.timed.usage.cpu.map(|cpu| cpu.as_secs_f64());
        self.cpu =
            if self.copies == 0.0 { cpu } else { self.cpu.zip(cpu).map(|(one, two)| one + two) };
        self.copies += 1.0;
        self.seconds += seconds;
        self.wall += ended.timed.wall.as_secs_f64();
    }
}
