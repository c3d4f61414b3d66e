//! The scheduler of our own under stress: every task once, panics as errors.

use testkit::counting;

use std::time::Duration;

use counting::Counting;
use course::Table;
use kernels::{AnyKernel, Kernel, Known, Primes, Workers};
use measure::audit::Audited;
use measure::{Context, Error, Strategy};
use work_stealing::WorkStealing;

fn deques() -> Strategy<AnyKernel> {
    let table = WorkStealing::strategies::<AnyKernel>();
    table.into_iter().find(|strategy| strategy.name == "deques").expect("the lesson has deques")
}

fn context(count: usize) -> Context {
    Context::new(Workers::new(count).expect("a small number"))
}

#[test]
fn every_task_runs_exactly_once() {
    for count in [1, 2, 3, 8, 32] {
        let one = Counting::new(1, &[]).any();
        let mut sum = deques().start(&one, &context(count)).expect("threads start");
        for round in 0..50 {
            let kernel = Counting::new(997 + round, &[]);
            let total = sum(&kernel.any(), kernel.terms()).expect("no panics");
            assert_eq!(total.sum, kernel.terms().sum::<u64>().into());
            assert!(kernel.times().iter().all(|times| *times == 1), "{count} workers");
        }
    }
}

#[test]
fn a_panic_is_one_error_and_the_pool_goes_on() {
    testkit::pools::a_panic_is_one_error_and_the_pool_goes_on(&deques);
}

/// Many workers on few cores, and in two of three sums some of the tasks panic. The others are all
/// done, each once.
#[test]
fn panics_cost_no_other_task() {
    testkit::pools::soon("many sums", || {
        let mut sum =
            deques().start(&Counting::new(1, &[]).any(), &context(24)).expect("threads start");
        for round in 0..60 {
            let bad: Vec<u64> = (0..round % 3).map(|number| number * 300 + round).collect();
            let kernel = Counting::new(1000, &bad);
            match sum(&kernel.any(), kernel.terms()) {
                Ok(total) => assert_eq!((total.sum, bad.len()), (499_500.into(), 0)),
                Err(Error::Worker { .. }) => assert!(!bad.is_empty(), "nothing was bad"),
                Err(other) => panic!("{other}"),
            }
            for (term, times) in (0..).zip(kernel.times()) {
                assert_eq!(times, u64::from(!bad.contains(&term)), "term {term} of {bad:?}");
            }
        }
    });
}

#[test]
fn a_pool_may_be_dropped_at_any_moment() {
    testkit::pools::a_pool_may_be_dropped_at_any_moment(deques);
}

/// What the audit shows of uneven work: every span has its worker, and no more spans begin with
/// stolen work than there were steals.
#[test]
fn the_spans_of_an_audit_are_those_of_its_workers() {
    let terms = 500_000;
    let plain = Primes::new(terms).expect("few terms");
    let recorded = Audited::new(plain.clone());
    let kernel = AnyKernel::new(recorded.clone());
    let mut sum = deques().start(&kernel, &context(2)).expect("threads start");
    let total = sum(&kernel, 0..terms).expect("no panics").sum;
    drop(sum);
    assert_eq!(total, plain.sum(0..terms).into());
    let audit = recorded.finish(context(2).workers());
    assert!(audit.tiles(terms), "{:?}", audit.spans);
    for worker in &audit.workers {
        let spans = || audit.spans.iter().filter(|span| span.worker == worker.worker);
        let busy: Duration = spans().map(|span| span.end - span.start).sum();
        assert_eq!(busy, worker.busy, "{worker:?}");
        assert_eq!(spans().count(), worker.ranges, "{worker:?}");
        let stolen = spans().filter(|span| span.stolen).count() as u64;
        assert!(stolen <= worker.steals, "{stolen} stolen spans: {worker:?}");
    }
}
