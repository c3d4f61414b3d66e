use std::time::Instant;

use mpi::topology::Process;
use mpi::traits::*;

use crate::World;
use crate::costs::Costs;

/// How often each cost is taken; the middle one counts.
const BATCHES: usize = 21;

/// Small messages in a batch.
const SMALL: usize = 100;

/// Numbers in a large message: 1 MiB.
const LARGE: usize = 1 << 17;

/// What a message between rank 0 and the last rank costs; `None` on all ranks but rank 0, and where
/// there is only one.
pub fn costs(world: &World) -> Option<Costs> {
    let last = world.size() - 1;
    if last == 0 {
        return Some(Costs::default()).filter(|_| world.rank() == 0);
    }
    if world.rank() == 0 {
        let other = world.process_at_rank(last);
        let latency = middle(|| to_and_fro(&other, 1, SMALL) / 2.0);
        let gap = middle(|| taken_in(&other));
        let large = middle(|| to_and_fro(&other, LARGE, 2) / 2.0);
        let per_byte = (large - latency).max(0.0) / (LARGE * 8) as f64;
        return Some(Costs { latency, gap, per_byte });
    }
    if world.rank() == last {
        let zero = world.process_at_rank(0);
        (0..BATCHES).for_each(|_| echo(&zero, 1, SMALL));
        (0..BATCHES).for_each(|_| pour(&zero));
        (0..BATCHES).for_each(|_| echo(&zero, LARGE, 2));
    }
    None
}

fn middle(mut measure: impl FnMut() -> f64) -> f64 {
    let mut times: Vec<f64> = (0..BATCHES).map(|_| measure()).collect();
    times.sort_by(f64::total_cmp);
    times[BATCHES / 2]
}

/// Seconds for a message there and its answer.
fn to_and_fro(other: &Process<'_>, length: usize, times: usize) -> f64 {
    let mut numbers = vec![0_u64; length];
    let start = Instant::now();
    for _ in 0..times {
        other.send(&numbers[..]);
        other.receive_into(&mut numbers[..]);
    }
    start.elapsed().as_secs_f64() / times as f64
}

fn echo(other: &Process<'_>, length: usize, times: usize) {
    let mut numbers = vec![0_u64; length];
    for _ in 0..times {
        other.receive_into(&mut numbers[..]);
        other.send(&numbers[..]);
    }
}

/// Seconds from one message to the next, where many come at once.
fn taken_in(other: &Process<'_>) -> f64 {
    other.send(&0_u64);
    let start = Instant::now();
    for _ in 0..SMALL {
        other.receive::<u64>();
    }
    start.elapsed().as_secs_f64() / SMALL as f64
}

fn pour(other: &Process<'_>) {
    other.receive::<u64>();
    (0..SMALL as u64).for_each(|number| other.send(&number));
}
