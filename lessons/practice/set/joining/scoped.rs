//! # Borrow, and be back in time
//!
//! How do threads use what you own, without a copy and without a counter of owners?
//!
//! A thread from `thread::spawn` may outlive its caller, so it must own what it uses. A thread from `thread::scope`
//! has ended before the scope does, and may borrow. Below, one core does all of it.
//!
//! Counts: the sum is right for any number of terms and workers; with three workers at least two are busy at the same
//! time, no worker is busy for more than twice the mean, and no thread is left. It has to reach 60 % of what equal
//! ranges can reach on this machine.
//!
//! Read: [threads, `scoped`](../../../threads/README.md)

use std::thread;

use judge::Terms;

/// The sum of all terms, by so many threads.
pub fn sum(terms: &Terms, workers: usize) -> u64 {
    // HOLE
    let (count, workers) = (terms.count(), workers as u64);
    let border = |number: u64| count * number / workers;
    thread::scope(|scope| {
        // `collect` starts all threads before the first is waited for.
        let threads: Vec<_> = (0..workers)
            .map(|number| scope.spawn(move || terms.sum(border(number)..border(number + 1))))
            .collect();
        threads.into_iter().map(|thread| thread.join().expect("a sum does not panic")).sum()
    })
    // SKELETON how: 1 worker of 3 summed anything
    //| let _ = workers;
    //| thread::scope(|_scope| terms.sum(0..terms.count()))
    // WRONG right: too few
    //| let size = terms.count() / workers as u64;
    //| thread::scope(|scope| {
    //|     let threads: Vec<_> = (0..workers as u64)
    //|         .map(|number| scope.spawn(move || terms.sum(number * size..(number + 1) * size)))
    //|         .collect();
    //|     threads.into_iter().map(|thread| thread.join().expect("a sum does not panic")).sum()
    //| })
    // WRONG how: one after the other
    //| let (count, workers) = (terms.count(), workers as u64);
    //| let border = |number: u64| count * number / workers;
    //| thread::scope(|scope| {
    //|     (0..workers)
    //|         .map(|number| scope.spawn(move || terms.sum(border(number)..border(number + 1))))
    //|         .map(|thread| thread.join().expect("a sum does not panic"))
    //|         .sum()
    //| })
    // END
}

// HINT `scope.spawn` gives a handle, and the handle's `join` gives what the thread's closure returned: its partial.
// HINT `terms` is a reference already, so `move` copies the reference into the thread, and not the terms.
// HINT Start all threads before you wait for the first. An iterator is lazy: without a `collect` between `spawn` and
// `join`, each thread starts when the one before it has ended.
// RULES
/// A way to share terms.
pub fn rules() -> Rules {
    strategy!(sum)
        .rule(Rule::BusyWorkers(2))
        .rule(Rule::AtOnce(2))
        .rule(Rule::Imbalance(2.0))
        .rule(Rule::NoThreadLeft)
        .share_of_even(0.6)
        .into()
}
