//! An architecture for which nobody has written it by hand yet.

use std::ops::Range;

/// Sums `i ^ mask`.
pub(super) fn sum_masked(terms: Range<u64>, mask: u64) -> u64 {
    terms.map(|i| i ^ mask).sum()
}
