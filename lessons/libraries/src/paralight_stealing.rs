use std::ops::Range;

use kernels::Kernel;
use measure::Error;
use work_stealing::ParalightPool;

/// Paralight again, on a pool whose idle threads steal blocks: one word in its making is another.
///
/// Right where the work may be uneven and is in a slice or a range.
///
/// # Errors
///
/// Where a worker panics; the pool can be used again.
pub fn paralight_stealing<K: Kernel>(
    kernel: &K,
    terms: Range<u64>,
    pool: &mut ParalightPool,
) -> Result<K::Partial, Error> {
    work_stealing::paralight_stealing(kernel, terms, pool)
}
