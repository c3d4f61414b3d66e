//! Safe code, an atomic total, and still sums get lost.

use std::sync::Barrier;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;

use kernels::{Workers, split};

use super::Deviation;

const TERMS: u64 = 2_000_000;
const EXPECTED: u64 = TERMS * (TERMS - 1) / 2;

/// Load, add, store. Between the load and the store another worker stores, and its addition is gone.
///
/// Each step is atomic; the three together are not. The compiler has nothing to complain of.
pub fn broken(workers: Workers) -> Deviation {
    sum(workers, |total, i| {
        // ANCHOR: broken
        let before = total.load(Ordering::SeqCst);
        total.store(before + i, Ordering::SeqCst);
        // ANCHOR_END: broken
    })
}

/// One step that does all three. (And private sums that are shared once would be faster.)
pub fn fixed(workers: Workers) -> Deviation {
    sum(workers, |total, i| {
        // ANCHOR: fixed
        total.fetch_add(i, Ordering::Relaxed);
        // ANCHOR_END: fixed
    })
}

fn sum(workers: Workers, add: impl Fn(&AtomicU64, u64) + Sync) -> Deviation {
    // All begin at once: otherwise the first could be done before the last has started.
    let (total, add, begin) = (AtomicU64::new(0), &add, &Barrier::new(workers.get()));
    thread::scope(|scope| {
        for range in split::ranges(&(0..TERMS), workers) {
            let total = &total;
            scope.spawn(move || {
                begin.wait();
                range.for_each(|i| add(total, i));
            });
        }
    });
    Deviation::of(total.into_inner(), EXPECTED)
}
