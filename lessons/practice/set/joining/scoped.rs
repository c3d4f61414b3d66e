//! # Borrow, and be back in time
//!
//! How do threads use what you own, without a copy and without a counter?
//!
//! A thread from `thread::spawn` may outlive its caller, so it must own what it uses. A thread from `thread::scope` has
//! ended before the scope does, and may borrow. Below, one core does all of it.
//!
//! Counts: the sum is right for any number of terms and workers; with three workers at least two are busy; and no worker
//! has much more to do than another. It has to reach 60 % of what equal ranges can reach on this machine.
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
        let threads: Vec<_> = (0..workers)
            .map(|number| scope.spawn(move || terms.sum(border(number)..border(number + 1))))
            .collect();
        threads.into_iter().map(|thread| thread.join().expect("it sums")).sum()
    })
    // SKELETON how: 1 worker of 3 summed anything
    //| let _ = (workers, thread::available_parallelism());
    //| terms.sum(0..terms.count())
    // WRONG right: too few
    //| let size = terms.count() / workers as u64;
    //| thread::scope(|scope| {
    //|     let threads: Vec<_> = (0..workers as u64)
    //|         .map(|number| scope.spawn(move || terms.sum(number * size..(number + 1) * size)))
    //|         .collect();
    //|     threads.into_iter().map(|thread| thread.join().expect("it sums")).sum()
    //| })
    // WRONG fast: asked for
    //| let (count, workers) = (terms.count(), workers as u64);
    //| let border = |number: u64| count * number / workers;
    //| let mut total = 0;
    //| for number in 0..workers {
    //|     total += thread::scope(|scope| {
    //|         let thread = scope.spawn(move || terms.sum(border(number)..border(number + 1)));
    //|         thread.join().expect("it sums")
    //|     });
    //| }
    //| total
    // END
}

// HINT Start all threads before you wait for the first: a `collect` between `spawn` and `join` does that.
// HINT `terms` is a reference already, so `move` copies the reference into the thread.
// RULES
/// A way to share terms.
pub fn rules() -> Rules {
    strategy!(sum).rule(Rule::BusyWorkers(2)).rule(Rule::Imbalance(2.0)).rule(Rule::NoThreadLeft).share_of_even(0.6).into()
}
