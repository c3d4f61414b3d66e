//! # Nothing shared until the end
//!
//! Which operation on shared data is the cheapest, and can never lose an update?
//!
//! None at all. A worker that adds into a variable of its own needs no lock and no atomic operation, and no order
//! with anybody. What it found has to be joined with the rest once, when it is done. Map-reduce works like this, and
//! so do the statistics of an allocator.
//!
//! Below, free workers take blocks, and each block goes into the total at once. Some of them are lost there.
//!
//! Counts: the sum is right, also under stress; at least two of three workers are busy, and none does nearly all, in
//! at least 20 ranges; and locks are taken at most 3 times, once for each worker.
//!
//! Read: [threads, private sums](../../../threads/README.md#why)

use std::ops::Range;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;

use judge::{Mutex, Terms};

/// The sum of all terms: a free worker takes the next block.
pub fn sum(terms: &Terms, workers: usize) -> u64 {
    let total = Mutex::new(0);
    let next = AtomicU64::new(0);
    let next_block = || -> Option<Range<u64>> {
        let start = next.fetch_add(terms.grain(), Ordering::Relaxed);
        (start < terms.count()).then(|| start..terms.count().min(start + terms.grain()))
    };
    let work = || {
        // HOLE
        let mut own = 0;
        while let Some(block) = next_block() {
            own += terms.sum(block);
        }
        *total.lock().expect("nobody panics while adding") += own;
        // SKELETON stress: a race condition
        //| while let Some(block) = next_block() {
        //|     let before = *total.lock().expect("nobody panics while adding");
        //|     let after = before + terms.sum(block);
        //|     *total.lock().expect("nobody panics while adding") = after;
        //| }
        // WRONG how: at most 3 locks
        //| while let Some(block) = next_block() {
        //|     let partial = terms.sum(block);
        //|     *total.lock().expect("nobody panics while adding") += partial;
        //| }
        // WRONG right: too small
        //| let mut own = 0;
        //| while let Some(block) = next_block() {
        //|     own = terms.sum(block);
        //| }
        //| *total.lock().expect("nobody panics while adding") += own;
        // WRONG how: 1 worker of 3 summed anything
        //| let mut total = total.lock().expect("nobody panics while adding");
        //| while let Some(block) = next_block() {
        //|     *total += terms.sum(block);
        //| }
        // END
    };
    thread::scope(|scope| {
        for _ in 0..workers {
            scope.spawn(work);
        }
    });
    total.into_inner().expect("nobody panicked while adding")
}

// HINT A variable that is declared inside the closure belongs to one worker. Nobody else can see it.
// HINT Three steps: a private sum that begins at 0; the loop, which adds to that alone; one lock after the loop.
// HINT `let mut own = 0;` before the loop, `own += terms.sum(block);` in it, `*total.lock()... += own;` after it.
// RULES
/// A way to share terms.
pub fn rules() -> Rules {
    strategy!(sum)
        .alone_at_first()
        .rule(Rule::BusyWorkers(2))
        .rule(Rule::FewestRanges(20))
        .rule(Rule::MostLocks(3))
        .rule(Rule::Imbalance(2.7))
        .into()
}
