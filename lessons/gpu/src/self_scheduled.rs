use std::ops::Range;

use kernels::Kernel;
use measure::{Context, Error};

/// All cores, for comparison: the row of the lesson `threads` that suits even and uneven work.
///
/// # Errors
///
/// Where a thread cannot be started, or panics.
pub fn self_scheduled<K: Kernel>(
    kernel: &K,
    terms: Range<u64>,
    context: &Context,
) -> Result<K::Partial, Error> {
    threads::self_scheduled(kernel, terms, context)
}
