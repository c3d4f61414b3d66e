//! # A lost update
//!
//! Two threads each add to one total. Why is the sum too small once in a while?
//!
//! To add to an atomic number by a load and a store takes two steps, and between them another thread may do the same
//! two. One of the additions is then lost. On a quiet machine that is rare, and so it is found by your users.
//!
//! Counts: the sum stays right when threads are disturbed in the worst places; at least two of three workers are
//! busy.
//!
//! Read: [faults, a lost update](../../../faults/README.md#why), [race and deadlock](../../../threads/races.md)

use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;

use judge::Terms;

/// The sum of all terms: each worker adds each of its blocks to the total as soon as it has it.
pub fn sum(terms: &Terms, workers: usize) -> u64 {
    let total = AtomicU64::new(0);
    let (count, workers) = (terms.count(), workers as u64);
    let border = |number: u64| count * number / workers;
    thread::scope(|scope| {
        for number in 0..workers {
            let total = &total;
            scope.spawn(move || {
                let (start, end) = (border(number), border(number + 1));
                let middle = start + (end - start) / 2;
                for block in [start..middle, middle..end] {
                    // HOLE
                    let partial = terms.sum(block);
                    // No ordering is needed: nothing else depends on the total until the threads
                    // have ended.
                    total.fetch_add(partial, Ordering::Relaxed);
                    // SKELETON stress: a race condition
                    //| let before = total.load(Ordering::SeqCst);
                    //| let after = before + terms.sum(block);
                    //| total.store(after, Ordering::SeqCst);
                    // WRONG stress: a race condition
                    //| let (order, before) = (Ordering::SeqCst, total.load(Ordering::SeqCst));
                    //| let after = before + terms.sum(block);
                    //| let _ = total.compare_exchange(before, after, order, order);
                    // WRONG stress: a race condition
                    //| let before = total.swap(0, Ordering::SeqCst);
                    //| let after = before + terms.sum(block);
                    //| total.store(after, Ordering::SeqCst);
                    // WRONG right: too
                    //| total.fetch_max(terms.sum(block), Ordering::Relaxed);
                    // END
                }
            });
        }
    });
    total.into_inner()
}

// HINT The strongest ordering does not help: the two steps are still two.
// HINT Look through the methods of AtomicU64 for one that adds, and gives the number from before.
// RULES
/// A way to share terms.
pub fn rules() -> Rules {
    strategy!(sum).alone_at_first().rule(Rule::BusyWorkers(2)).into()
}
