//! # Too little to share
//!
//! One core needs ten microseconds for a sum. How long do two need?
//!
//! Longer. Starting a thread takes tens of microseconds, and by the time it runs the sum would be over. Code that is
//! right and fast for large inputs is then called a million times with small ones, and gets slower with every core.
//! So look first how much there is to do. Not in terms: cheap and expensive ones differ by a factor of a thousand.
//! But in time, as a multiple of a grain, which is worth about 50 microseconds.
//!
//! Counts: the sum is right; 100,000 expensive terms, worth more than 50 grains, are shared by at least two workers;
//! 10,000 cheap ones, worth less than one grain, are summed in one range. That has to be twice as fast as the
//! skeleton.
//!
//! Read: [work-stealing, when not to split](../../../work-stealing/README.md), [threads](../../../threads/README.md)

use std::thread;

use judge::Terms;

/// The sum of all terms, by so many threads where that pays, and by one where it does not.
pub fn sum(terms: &Terms, workers: usize) -> u64 {
    // HOLE
    if terms.count() < 4 * terms.grain() {
        return terms.sum(0..terms.count());
    }
    // SKELETON how: asked for: at most 1 range
    // WRONG how: 1 worker of 3 summed anything
    //| if terms.count() < 1_000_000 {
    //|     return terms.sum(0..terms.count());
    //| }
    // WRONG how: asked for: at most 1 range
    //| if terms.count() < workers as u64 {
    //|     return terms.sum(0..terms.count());
    //| }
    // WRONG how: 1 worker of 3 summed anything
    //| return terms.sum(0..terms.count());
    // END
    let (count, ranges) = (terms.count(), workers as u64);
    let border = |number: u64| count * number / ranges;
    let share = |number: u64| terms.sum(border(number)..border(number + 1));
    thread::scope(|scope| {
        let threads: Vec<_> =
            (1..ranges).map(|number| scope.spawn(move || share(number))).collect();
        share(0) + threads.into_iter().map(|thread| thread.join().expect("it sums")).sum::<u64>()
    })
}

// HINT The caller can sum all terms itself: `terms.sum(0..terms.count())`. When is that sooner over?
// HINT `terms.grain()` terms are worth about 50 microseconds. A thread has to bring more than it costs: ask for a few
// grains.
// RULES
/// Terms that are expensive, and then few that are cheap.
pub fn rules() -> Rules {
    Rules::new()
        .strategy(strategy!(sum).on("primes").terms(100_000).rule(Rule::BusyWorkers(2)))
        .strategy(strategy!(sum).terms(10_000).rule(Rule::MostRanges(1)).times_the_skeleton(2.0))
}
