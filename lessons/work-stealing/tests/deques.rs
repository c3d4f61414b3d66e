//! The scheduler of our own under stress: every task once, panics as errors.

use testkit::counting;

use std::sync::Arc;
use std::sync::mpsc::channel;
use std::thread;
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
    let mut sum = deques().start(&Counting::new(1, &[]).any(), &context(4)).expect("threads start");
    for round in 0..20 {
        let bad = Counting::new(1000, &[round * 37]);
        let failed = sum(&bad.any(), bad.terms());
        let Err(Error::Worker { cause, .. }) = failed else { panic!("{failed:?}") };
        assert!(cause.ends_with("a bad term"), "{cause}");
        let good = Counting::new(1000, &[]);
        assert_eq!(sum(&good.any(), good.terms()).expect("no panics").sum, 499_500.into());
    }
}

/// Runs `work` on a thread of its own; a hang is a failure after a while and not for ever.
fn soon<T: Send + 'static>(what: &str, work: impl FnOnce() -> T + Send + 'static) -> T {
    let (send, receive) = channel();
    thread::spawn(move || send.send(work()));
    receive.recv_timeout(Duration::from_secs(60)).unwrap_or_else(|error| panic!("{what}: {error}"))
}

/// Many workers on few cores, and in two of three sums some of the tasks panic. The others are all
/// done, each once.
#[test]
fn panics_cost_no_other_task() {
    soon("many sums", || {
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

/// Before the first sum, while the workers still look for more, as they lie down, and in their sleep.
#[test]
fn a_pool_may_be_dropped_at_any_moment() {
    for idle in [0, 50, 200, 280, 300, 320, 400, 2000, 20_000].map(Duration::from_micros) {
        for sums in [0, 1, 3] {
            soon(&format!("dropped after {sums} sums and {idle:?}"), move || {
                let kernel = Counting::new(500, &[]);
                let mut sum = deques().start(&kernel.any(), &context(8)).expect("threads start");
                for _ in 0..sums {
                    assert_eq!(
                        sum(&kernel.any(), kernel.terms()).expect("no panics").sum,
                        124_750.into()
                    );
                }
                thread::sleep(idle);
                drop(sum);
                // Every clone of the kernel is gone: no thread and no task has been left behind.
                assert_eq!(Arc::strong_count(&kernel.times), 1);
            });
        }
    }
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
