//! The scheduler of our own under stress: every task once, panics as errors.

use std::ops::Range;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering::SeqCst};
use std::time::Duration;

use shared::audit::Audited;
use shared::kernel::{Known, Primes, Spec};
use shared::{Error, Kernel, Lesson, Strategy, Workers};
use work_stealing::WorkStealing;

/// A kernel with tiny grains that counts how often each term was summed, and panics at one of them.
#[derive(Debug, Clone)]
struct Counting {
    times: Arc<Vec<AtomicU64>>,
    panic_at: Option<u64>,
}

impl Counting {
    fn new(terms: u64, panic_at: Option<u64>) -> Self {
        Counting { times: Arc::new((0..terms).map(|_| AtomicU64::new(0)).collect()), panic_at }
    }

    fn terms(&self) -> Range<u64> {
        0..self.times.len() as u64
    }
}

impl Kernel for Counting {
    fn sum(&self, range: Range<u64>) -> u64 {
        assert!(self.panic_at.is_none_or(|bad| !range.contains(&bad)), "a bad term");
        range.map(|i| self.term(i)).sum()
    }

    fn term(&self, i: u64) -> u64 {
        self.times[i as usize].fetch_add(1, SeqCst);
        i
    }

    fn grain(&self) -> u64 {
        1
    }

    fn spec(&self) -> Spec {
        Spec { kernel: shared::KernelName::Integers, terms: self.terms().end, data: None }
    }
}

fn deques<K: Kernel>() -> Strategy<K> {
    let table = WorkStealing::strategies::<K>();
    table.into_iter().find(|strategy| strategy.name == "deques").expect("the lesson has deques")
}

fn workers(count: usize) -> Workers {
    Workers::new(count).expect("a small number")
}

#[test]
fn every_task_runs_exactly_once() {
    for count in [1, 2, 3, 8, 32] {
        let mut sum =
            deques().start(&Counting::new(1, None), workers(count)).expect("threads start");
        for round in 0..50 {
            let kernel = Counting::new(997 + round, None);
            let total = sum(&kernel, kernel.terms()).expect("no panics");
            assert_eq!(total, kernel.terms().sum::<u64>());
            assert!(kernel.times.iter().all(|times| times.load(SeqCst) == 1), "{count} workers");
        }
    }
}

#[test]
fn a_panic_is_one_error_and_the_pool_goes_on() {
    let mut sum = deques().start(&Counting::new(1, None), workers(4)).expect("threads start");
    for round in 0..20 {
        let bad = Counting::new(1000, Some(round * 37));
        let failed = sum(&bad, bad.terms());
        let Err(Error::Worker { cause, .. }) = failed else { panic!("{failed:?}") };
        assert!(cause.ends_with("a bad term"), "{cause}");
        let good = Counting::new(1000, None);
        assert_eq!(sum(&good, good.terms()).expect("no panics"), 499_500);
    }
}

/// What the audit shows of uneven work: every piece has its worker, and no more pieces begin with
/// stolen work than there were steals.
#[test]
fn the_pieces_of_an_audit_are_those_of_its_workers() {
    let terms = 500_000;
    let plain = Primes::new(terms).expect("few terms");
    let book = Audited::new(plain.clone());
    let mut sum = deques().start(&book, workers(2)).expect("threads start");
    let total = sum(&book, 0..terms).expect("no panics");
    drop(sum);
    assert_eq!(total, plain.sum(0..terms));
    let audit = book.finish(workers(2));
    assert!(audit.tiles(terms), "{:?}", audit.pieces);
    for worker in &audit.workers {
        let pieces = || audit.pieces.iter().filter(|piece| piece.worker == worker.worker);
        let busy: Duration = pieces().map(|piece| piece.end - piece.start).sum();
        assert_eq!(busy, worker.busy, "{worker:?}");
        assert_eq!(pieces().count(), worker.ranges, "{worker:?}");
        let stolen = pieces().filter(|piece| piece.stolen).count() as u64;
        assert!(stolen <= worker.steals, "{stolen} stolen pieces: {worker:?}");
    }
}
