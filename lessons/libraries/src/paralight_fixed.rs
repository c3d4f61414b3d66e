use std::ops::Range;

use kernels::Kernel;
use measure::Error;
use work_stealing::ParalightPool;

/// Paralight: each thread gets one range of blocks, and that is all, as in the lesson `work-stealing`.
///
/// Right where the work is even and in a slice or a range: no deques, no stealing, no recursion. The caller only
/// waits. Its pool is borrowed mutably, so a second sum meanwhile does not compile.
///
/// # Errors
///
/// Where a worker panics; the pool can be used again.
pub fn paralight_fixed<K: Kernel>(
    kernel: &K,
    terms: Range<u64>,
    pool: &mut ParalightPool,
) -> Result<K::Partial, Error> {
    work_stealing::paralight_fixed(kernel, terms, pool)
}
