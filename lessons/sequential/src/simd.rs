use std::ops::Range;

use kernels::Kernel;
use measure::{Context, Error};

/// The kernel's own loop: the best that one core can do, and the baseline of every table.
///
/// One instruction adds a whole vector of terms: two in SSE2 or NEON, four in AVX2, eight in AVX-512. The
/// loop is compiled once for each, and the processor is asked which it has. See
/// `shared/kernels/src/simd.rs` for how.
pub fn simd<K: Kernel>(kernel: &K, terms: Range<u64>, _: &Context) -> Result<K::Partial, Error> {
    Ok(kernel.sum(terms))
}
