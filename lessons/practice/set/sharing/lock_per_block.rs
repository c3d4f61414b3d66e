//! # A lock for each term
//!
//! What does a lock cost, and how often must a worker pay for it?
//!
//! Below, every term is added to the total under the lock. That is right, and much slower than one core alone: the
//! additions happen one after the other, and each of them pays for the lock. To take it and leave it costs as much as
//! hundreds of additions, and more where another worker waits. A counter that is shared for statistics is often the
//! slowest line of a program.
//!
//! Somebody wants to see the total grow, so each worker still has to bring what it has every now and then. But a
//! block of terms at a time is often enough. Sum it outside the lock: what you do while you hold it, nobody else can
//! do.
//!
//! Counts: the sum is right, also under stress; at least two of three workers are busy, and none does nearly all;
//! 200,000 terms are summed in at least 20 ranges, and brought to the total at least 20 times, with at most one lock
//! for each range, and none is held meanwhile. It has to be 3 times as fast as the skeleton.
//!
//! Read: [threads, what a lock costs](../../../threads/README.md#why)

use std::thread;

use judge::{Mutex, Terms};

/// The sum of all terms: each worker adds what it has to the total, at least every 10,000 terms.
pub fn sum(terms: &Terms, workers: usize) -> u64 {
    let total = Mutex::new(0);
    let (count, workers) = (terms.count(), workers as u64);
    let border = |number: u64| count * number / workers;
    let work = |number: u64| {
        let (start, end) = (border(number), border(number + 1));
        // HOLE
        const BLOCK: u64 = 5000;
        for begin in (start..end).step_by(BLOCK as usize) {
            // Outside the lock: meanwhile others can sum, too.
            let partial = terms.sum(begin..end.min(begin + BLOCK));
            *total.lock().expect("nobody panics while adding") += partial;
        }
        // SKELETON fast: times as fast as the skeleton
        //| for number in start..end {
        //|     let term = terms.term(number);
        //|     *total.lock().expect("nobody panics while adding") += term;
        //| }
        // WRONG how: at least 20 ranges
        //| let partial = terms.sum(start..end);
        //| *total.lock().expect("nobody panics while adding") += partial;
        // WRONG how: summed by a worker that held a lock
        //| for begin in (start..end).step_by(5000) {
        //|     let mut total = total.lock().expect("nobody panics while adding");
        //|     *total += terms.sum(begin..end.min(begin + 5000));
        //| }
        // WRONG right: too large
        //| let mut partial = 0;
        //| for begin in (start..end).step_by(5000) {
        //|     partial += terms.sum(begin..end.min(begin + 5000));
        //|     *total.lock().expect("nobody panics while adding") += partial;
        //| }
        // WRONG right: too small
        //| for block in 0..(end - start) / 5000 {
        //|     let begin = start + 5000 * block;
        //|     let partial = terms.sum(begin..begin + 5000);
        //|     *total.lock().expect("nobody panics while adding") += partial;
        //| }
        // WRONG how: brought what they had
        //| let mut own = 0;
        //| for begin in (start..end).step_by(5000) {
        //|     own += terms.sum(begin..end.min(begin + 5000));
        //| }
        //| *total.lock().expect("nobody panics while adding") += own;
        // END
    };
    thread::scope(|scope| {
        for number in 0..workers {
            let work = &work;
            scope.spawn(move || work(number));
        }
    });
    total.into_inner().expect("nobody panicked while adding")
}

// HINT `terms.sum(begin..end)` adds a whole block in the registers of one core, without any lock.
// HINT Walk in steps: `for begin in (start..end).step_by(5000)`. The last block ends at `end`, and may be shorter.
// HINT Two lines for each block: `let partial = terms.sum(...);` first, and then an addition to the total under the
// lock.
// RULES
/// A way to share terms: so few that a lock for each takes some milliseconds.
pub fn rules() -> Rules {
    use std::sync::Arc;
    use std::sync::atomic::{AtomicU64, Ordering::Relaxed};

    // How often the total grew in the last sum that was large enough.
    let grew = Arc::new(AtomicU64::new(0));
    let noted = Arc::clone(&grew);
    let counted = move |terms: &Terms, workers| {
        let before = locks_taken();
        let sum = attempt::sum(terms, workers);
        if terms.count() >= TERMS {
            noted.store(locks_taken() - before, Relaxed);
        }
        sum
    };
    let strategy = Strategy::new(counted, solution::sum, skeleton::sum)
        .terms(TERMS)
        .rule(Rule::BusyWorkers(2))
        .rule(Rule::FewestRanges(20))
        .rule(Rule::LocksARange(1))
        .rule(Rule::SumsOutsideLocks)
        .rule(Rule::Imbalance(2.5))
        .times_the_skeleton(3.0);
    Rules::new().strategy(strategy).how("the total as it grows", move |_| {
        let grew = grew.load(Relaxed);
        ensure!(
            grew >= TERMS / MOST,
            "workers brought what they had {grew} times in all, for {TERMS} terms; asked for: at \
             least every {MOST} terms"
        );
        Ok(())
    })
}

const TERMS: u64 = 200_000;

/// So many terms a worker may sum before it brings what it has.
const MOST: u64 = 10_000;
