//! What do workers cost each other that write to the same place?

use std::hint::black_box;
use std::ops::Range;
use std::sync::atomic::{AtomicU64, Ordering};

use benches::results::{Measured, Question};
use criterion::Criterion;
use kernels::{Integers, Kernel, split};
use measure::{Context, Error, Strategy};

use crate::plan::Plan;
use crate::recorder::Recorder;
use crate::sample::{Peers, Problem};

/// Few enough for a lock at every term.
const TERMS: u64 = 200_000;

/// Bytes from one counter to the next.
const DISTANCES: [u64; 6] = [8, 16, 32, 64, 128, 256];

/// One lock, one atomic for all, by workers; then a counter for each, by the bytes between them.
pub fn contention(criterion: &mut Criterion, plan: &Plan, recorder: &Recorder) {
    let name = "contention/integers";
    let terms = plan.terms(TERMS);
    let Some(problem) = recorder.noted(name, Problem::<Integers>::new(terms, terms)) else {
        return;
    };
    let mut group = recorder.group(criterion, name);
    let names = plan.some(&["mutex-std", "mutex-parking-lot", "atomic"]);
    for strategy in benches::strategies::<threads::Threads, Integers>(&names) {
        for workers in plan.counts() {
            let what = problem.measured(Question::Contention, &strategy.name, workers);
            let passes = problem.passes(&strategy, workers, Peers::Baseline);
            recorder.measure(&mut group, what, passes);
        }
    }
    let counts = Plan::one_and_all();
    for distance in DISTANCES {
        let strategy = apart(distance);
        for workers in &counts {
            let what = problem.measured(Question::Contention, &strategy.name, *workers);
            let what = Measured { distance: Some(distance), ..what };
            let passes = problem.passes(&strategy, *workers, Peers::Baseline);
            recorder.measure(&mut group, what, passes);
        }
    }
}

/// One counter a worker, `distance` bytes from one to the next, written at every term.
fn apart(distance: u64) -> Strategy<Integers> {
    let run = match distance {
        8 => counters_apart::<8>,
        16 => counters_apart::<16>,
        32 => counters_apart::<32>,
        64 => counters_apart::<64>,
        128 => counters_apart::<128>,
        _ => counters_apart::<256>,
    };
    Strategy::new(&format!("apart_{distance}"), "counters so many bytes apart", run)
}

fn counters_apart<const BYTES: usize>(
    kernel: &Integers,
    terms: Range<u64>,
    context: &Context,
) -> Result<u64, Error> {
    let ranges: Vec<Range<u64>> = split::ranges(&terms, context.workers()).collect();
    let step = BYTES / size_of::<AtomicU64>();
    // The first counter begins a pair of cache lines, so that the distance alone decides who shares.
    const PAIR_OF_LINES: usize = 128;
    let spare = PAIR_OF_LINES / size_of::<AtomicU64>();
    let memory: Vec<AtomicU64> =
        (0..spare + step * context.workers().get()).map(|_| AtomicU64::new(0)).collect();
    let first = memory.as_ptr().align_offset(PAIR_OF_LINES);
    let counters = black_box(&memory[first..]);
    threads::on_threads(context, &|worker| {
        for i in ranges[worker].clone() {
            // Relaxed: nobody else touches this counter before the workers have ended.
            counters[worker * step].fetch_add(kernel.term(i), Ordering::Relaxed);
        }
    })?;
    Ok(memory.into_iter().map(AtomicU64::into_inner).sum())
}
