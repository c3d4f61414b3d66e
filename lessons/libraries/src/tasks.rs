//! Several sums within a sum: what a program looks like in which a parallel part calls another parallel part.

use std::ops::Range;

use kernels::split;

/// So many tasks run side by side, and each of them asks for a sum.
pub(crate) const TASKS: usize = 8;

/// What task number `task` sums.
pub(crate) fn part(terms: &Range<u64>, task: usize) -> Range<u64> {
    split::part(terms, task, TASKS)
}
