//! # Halves of halves, down to where?
//!
//! A recursion starts a thread for one half and does the other half itself. When does it have to stop?
//!
//! Cutting in halves is a short way to share: no queue, no counter, no list of ranges. But a thread costs tens of
//! microseconds, and memory for its stack. A recursion without a threshold starts a thread for every grain, and most
//! of them only wait for others. A few ranges for each worker are enough to even out what else the machine does
//! meanwhile.
//!
//! Counts: the sum is right for any number of terms; at least two threads are busy; 400 grains are summed by three
//! workers in at least 6 ranges, and at most 24. It has to reach 60 % of what the machine gave.
//!
//! Read: [work-stealing, the grain](../../../work-stealing/README.md), [threads](../../../threads/README.md)

use std::ops::Range;
use std::thread;

use judge::Terms;

/// The sum of all terms, by so many threads and a few more.
pub fn sum(terms: &Terms, workers: usize) -> u64 {
    // Four ranges for each worker, but none that is not worth a thread.
    let threshold = (terms.count() / (4 * workers as u64)).max(terms.grain());
    halves(terms, 0..terms.count(), threshold)
}

/// The sum of a range. It is cut in halves where it has more than `threshold` terms, and another thread sums the
/// right one.
fn halves(terms: &Terms, range: Range<u64>, threshold: u64) -> u64 {
    let size = range.end - range.start;
    let middle = range.start + size / 2;
    // HOLE
    if size <= threshold {
        return terms.sum(range);
    }
    thread::scope(|scope| {
        let right = scope.spawn(|| halves(terms, middle..range.end, threshold));
        // Before the other half is waited for: both are summed at the same time.
        let left = halves(terms, range.start..middle, threshold);
        left + right.join().expect("it sums")
    })
    // SKELETON how: asked for: at most 24 ranges
    //| if size <= terms.grain() {
    //|     return terms.sum(range);
    //| }
    //| thread::scope(|scope| {
    //|     let right = scope.spawn(|| halves(terms, middle..range.end, threshold));
    //|     let left = halves(terms, range.start..middle, threshold);
    //|     left + right.join().expect("it sums")
    //| })
    // WRONG how: asked for: at least 6 ranges
    //| if size <= threshold {
    //|     return terms.sum(range);
    //| }
    //| thread::scope(|scope| {
    //|     let right = scope.spawn(|| terms.sum(middle..range.end));
    //|     terms.sum(range.start..middle) + right.join().expect("it sums")
    //| })
    // WRONG fast: asked for
    //| if size <= threshold {
    //|     return terms.sum(range);
    //| }
    //| thread::scope(|scope| {
    //|     let right = scope.spawn(|| halves(terms, middle..range.end, threshold));
    //|     let right = right.join().expect("it sums");
    //|     halves(terms, range.start..middle, threshold) + right
    //| })
    // WRONG right: too few
    //| if size <= threshold {
    //|     return terms.sum(range);
    //| }
    //| thread::scope(|scope| {
    //|     let right = scope.spawn(|| halves(terms, middle + 1..range.end, threshold));
    //|     halves(terms, range.start..middle, threshold) + right.join().expect("it sums")
    //| })
    // END
}

// HINT There is a number in the signature that the code below does not look at.
// HINT A range of at most `threshold` terms is summed by whoever has it:
// `if size <= threshold { return terms.sum(range); }`
// RULES
/// A way to share terms.
pub fn rules() -> Rules {
    strategy!(sum)
        .rule(Rule::BusyWorkers(2))
        .rule(Rule::FewestRanges(6))
        .rule(Rule::MostRanges(24))
        .share_of_capacity(0.6)
        .into()
}
