//! # The next one, please
//!
//! Nobody knows beforehand which terms are expensive. How do all workers end at the same time?
//!
//! Equal ranges are equal work only if all terms cost the same, and all cores are equally fast. So cut more blocks
//! than there are workers, and let whoever is free take the next. No list of blocks is needed: to take one is to add
//! to an atomic number. The price is one atomic addition for each block. OpenMP calls this `schedule(dynamic)`.
//!
//! Counts: each block is summed once; there are at least 20 ranges, at least two workers are busy, and no worker is
//! busy for more than 1.5 times the mean. It has to reach 60 % of what the machine gave. Later terms cost more here.
//!
//! Read: [threads, self-scheduling](../../../threads/README.md)

use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;

use judge::Terms;

/// What each worker does: it takes a block, sums it and comes back, until no term is left. `next` is the first term
/// that nobody has taken yet.
fn work(terms: &Terms, next: &AtomicU64) -> u64 {
    let (count, size) = (terms.count(), terms.grain());
    // HOLE
    let mut total = 0;
    loop {
        // Relaxed: all that matters is that no two workers are given the same number.
        let start = next.fetch_add(size, Ordering::Relaxed);
        if start >= count {
            return total;
        }
        total += terms.sum(start..count.min(start + size));
    }
    // SKELETON how: 1 worker of 3 summed anything
    //| let _ = size;
    //| let start = next.swap(count, Ordering::Relaxed);
    //| terms.sum(start..count)
    // WRONG stress: race condition
    //| let mut total = 0;
    //| loop {
    //|     let start = next.load(Ordering::SeqCst);
    //|     if start >= count {
    //|         return total;
    //|     }
    //|     let end = count.min(start + size);
    //|     total += terms.sum(start..end);
    //|     next.store(end, Ordering::SeqCst);
    //| }
    // WRONG right: were asked for
    //| let mut total = 0;
    //| while next.load(Ordering::Relaxed) < count {
    //|     let start = next.fetch_add(size, Ordering::Relaxed);
    //|     total += terms.sum(start..start + size);
    //| }
    //| total
    // WRONG how: asked for: at least 20 ranges
    //| let (size, mut total) = ((count / 3).max(size), 0);
    //| loop {
    //|     let start = next.fetch_add(size, Ordering::Relaxed);
    //|     if start >= count {
    //|         return total;
    //|     }
    //|     total += terms.sum(start..count.min(start + size));
    //| }
    // END
}

/// The sum of all terms, by so many threads.
pub fn sum(terms: &Terms, workers: usize) -> u64 {
    let next = AtomicU64::new(0);
    thread::scope(|scope| {
        let threads: Vec<_> = (1..workers).map(|_| scope.spawn(|| work(terms, &next))).collect();
        // The caller works, too.
        let own = work(terms, &next);
        own + threads.into_iter().map(|thread| thread.join().expect("it sums")).sum::<u64>()
    })
}

// HINT `next.fetch_add(size, ...)` gives the number from before: there your block begins, and nobody else's.
// HINT When you have a number, look at it: at or beyond the last term you are done, and the last block may be
// shorter.
// HINT
// `loop { let start = ...; if start >= count { return total; } total += terms.sum(start..count.min(start + size)); }`
// RULES
/// A way to share terms that cost more and more.
pub fn rules() -> Rules {
    strategy!(sum)
        .on("primes")
        .terms(500_000)
        .rule(Rule::BusyWorkers(2))
        .rule(Rule::FewestRanges(20))
        .rule(Rule::Imbalance(1.5))
        .share_of_capacity(0.6)
        .into()
}
