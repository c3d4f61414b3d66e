//! A division that leaves a rest.

use std::ops::Range;

use kernels::{Workers, split};

use super::Deviation;

/// A prime number: no number of workers divides it.
const TERMS: u64 = 1_000_003;
const EXPECTED: u64 = TERMS * (TERMS - 1) / 2;

/// As many terms for each worker as a division gives. Its rest is at the end, and nobody sums it.
///
/// With a million terms on two, four or five workers it is right; so a test with round numbers passes.
pub fn broken(workers: Workers) -> Deviation {
    // ANCHOR: broken
    let (workers, mut ranges) = (workers.get() as u64, Vec::new());
    let each = TERMS / workers;
    for worker in 0..workers {
        ranges.push(worker * each..(worker + 1) * each);
    }
    // ANCHOR_END: broken
    sum(ranges)
}

/// Cut by `split`, which leaves no rest.
pub fn fixed(workers: Workers) -> Deviation {
    // ANCHOR: fixed
    let ranges = split::ranges(&(0..TERMS), workers);
    // ANCHOR_END: fixed
    sum(ranges)
}

fn sum(ranges: impl IntoIterator<Item = Range<u64>>) -> Deviation {
    Deviation::of(ranges.into_iter().flatten().sum(), EXPECTED)
}
