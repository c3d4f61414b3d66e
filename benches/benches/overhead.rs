//! What does it cost to hand out work, with nothing to sum?

use std::hint::black_box;

use benches::results::{Measured, Question};
use course::Table;
use criterion::Criterion;
use kernels::{Integers, Kernel, Known, Workers};
use measure::{Context, Sum, time};
use processes::Processes;
use threads::Threads;
use work_stealing::WorkStealing;

use crate::nothing::Nothing;
use crate::plan::Plan;
use crate::recorder::{Group, Pass, Recorder};
use crate::sample::wrong;

/// So many blocks or tasks make one call, where a single one is too short for a clock.
const MANY: u64 = 4096;

/// One kind of dispatch: the name of the bar, and the strategy that makes nothing else.
struct Dispatch {
    name: &'static str,
    strategy: &'static str,
    workers: Workers,
    terms: u64,
    /// How many dispatches one call makes.
    makes: u64,
}

/// Every dispatch by the strategies themselves, on a kernel with nothing to sum.
pub fn overhead(criterion: &mut Criterion, _: &Plan, recorder: &Recorder) {
    let mut group = recorder.group(criterion, "overhead/nothing");
    let (one, two) = (Workers::ONE, Workers::new(2).expect("two is a worker count"));
    // Two workers are the caller and one thread.
    let single = |name, strategy, workers| Dispatch { name, strategy, workers, terms: 2, makes: 1 };
    let many =
        |name, strategy, workers, makes| Dispatch { name, strategy, workers, terms: MANY, makes };
    for dispatch in [
        single("thread", "spawned", two),
        single("scope", "scoped", two),
        single("hot-team", "hot-team", two),
        many("channel-block", "channel", one, MANY),
        many("self-scheduled-block", "self-scheduled", one, MANY),
    ] {
        measure::<Threads, _>(&mut group, &Nothing, &dispatch, recorder);
    }
    for workers in Plan::one_and_all() {
        // Halving 4096 terms down to one makes 4095 joins, and as many tasks to be had by others.
        for (name, strategy) in
            [("rayon-join", "rayon-join"), ("deque-task", "deques"), ("chili-join", "chili")]
        {
            let dispatch = many(name, strategy, workers, MANY - 1);
            measure::<WorkStealing, _>(&mut group, &Nothing, &dispatch, recorder);
        }
    }
    // No child is asked to sum nothing; the sum of one integer, 0, takes no time either.
    let one_integer = Integers::new(1).expect("one term fits");
    let process = |name, strategy| Dispatch { name, strategy, workers: one, terms: 1, makes: 1 };
    for dispatch in [process("child-process", "spawned"), process("pool-round-trip", "pool")] {
        measure::<Processes, _>(&mut group, &one_integer, &dispatch, recorder);
    }
}

fn measure<L: Table, K: Kernel>(
    group: &mut Group<'_>,
    kernel: &K,
    dispatch: &Dispatch,
    recorder: &Recorder,
) {
    let Dispatch { name, strategy, workers, terms, makes } = *dispatch;
    let mut what = Measured::nothing(Question::Overhead, "nothing", name, workers.get());
    (what.terms, what.dispatches) = (terms, makes);
    let strategy = benches::strategies::<L, K>(&[strategy]).remove(0);
    let context = Context::new(workers);
    let mut started: Option<Sum<K>> = None;
    recorder.measure(group, what, |calls, _| {
        let sum = match &mut started {
            Some(sum) => sum,
            none => none.insert(strategy.start(kernel, &context)?),
        };
        let (right, elapsed) = time(|| {
            for _ in 0..calls {
                if sum(black_box(kernel), black_box(0..terms))?.sum != K::Partial::default() {
                    return Err(wrong(name));
                }
            }
            Ok(())
        });
        right.map(|()| Pass { time: elapsed, ..Pass::default() })
    });
}
