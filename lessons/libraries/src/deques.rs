use std::ops::Range;

use kernels::Kernel;
use measure::Error;
use work_stealing::Deques;

/// The scheduler of our own from the lesson `work-stealing`: a hundred lines, for comparison.
///
/// The caller is a worker with a deque of its own. So it begins at once, and there can be only one.
///
/// # Errors
///
/// Where a worker panics; the pool can be used again.
pub fn deques<K: Kernel>(
    kernel: &K,
    terms: Range<u64>,
    pool: &mut Deques<K>,
) -> Result<K::Partial, Error> {
    work_stealing::deques(kernel, terms, pool)
}
