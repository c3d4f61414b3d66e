use std::ops::Range;

use kernels::Kernel;
use measure::{Context, Error};

/// For contrast: one equal range for each worker, as `scoped` of the lesson `threads` cuts them.
///
/// On even work nothing beats this. On `primes` the last range holds the largest numbers, which cost
/// most, so the last worker is still dividing when the others have long been done.
///
/// # Errors
///
/// Where a thread cannot be started, or panics.
pub fn equal_ranges<K: Kernel>(
    kernel: &K,
    terms: Range<u64>,
    context: &Context,
) -> Result<K::Partial, Error> {
    threads::scoped(kernel, terms, context)
}
