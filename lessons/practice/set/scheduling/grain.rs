//! # Neither dust nor rocks
//!
//! How large is a block?
//!
//! Taking a block costs something, however small: an atomic addition, a call, a loop that begins. A block of one term
//! pays that for each term. A block that is too large keeps one worker busy at the end while all others wait. A fixed
//! number is right on one machine, for one kind of terms, in one year. What stays is the time: a block has to be
//! worth much more than it costs to take. `terms.grain()` terms are worth about 50 microseconds.
//!
//! Counts: the sum is right for any number of terms; a sum of 400 grains is made in at least 100 ranges and at most
//! 1,000; at least two workers are busy.
//!
//! Read: [threads, self-scheduling](../../../threads/README.md),
//! [work-stealing, the grain](../../../work-stealing/README.md)

use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;

use judge::Terms;

/// The sum of all terms, by so many threads, which take one block after the other.
pub fn sum(terms: &Terms, workers: usize) -> u64 {
    // HOLE
    let size = terms.grain();
    // SKELETON how: asked for: at most 1,000 ranges
    //| let size = 1000;
    // WRONG how: asked for: at least 100 ranges
    //| let size = terms.count().div_ceil(workers as u64).max(1);
    // WRONG right: it panicked
    //| let size = terms.count() / 400;
    // WRONG how: asked for: at most 1,000 ranges
    //| let size = terms.grain() / 50 + 1;
    // END
    let blocks = terms.count().div_ceil(size);
    let next = AtomicU64::new(0);
    let work = || {
        let mut total = 0;
        loop {
            let start = next.fetch_add(1, Ordering::Relaxed) * size;
            if start >= terms.count() {
                return total;
            }
            total += terms.sum(start..terms.count().min(start + size));
        }
    };
    // No more threads than there are blocks for.
    let helpers = blocks.min(workers as u64).saturating_sub(1);
    thread::scope(|scope| {
        let threads: Vec<_> = (0..helpers).map(|_| scope.spawn(work)).collect();
        work() + threads.into_iter().map(|thread| thread.join().expect("it sums")).sum::<u64>()
    })
}

// HINT The terms know how many of them are worth a range of their own.
// HINT Any number of terms has to work, also none: a size of 0 must never come out.
// RULES
/// On terms so cheap that hundreds of thousands make up a grain.
pub fn rules() -> Rules {
    strategy!(sum)
        .rule(Rule::BusyWorkers(2))
        .rule(Rule::MostRanges(1000))
        .rule(Rule::FewestRanges(100))
        .into()
}
