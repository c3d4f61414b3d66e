use std::ops::Range;

use kernels::Kernel;
use measure::{Context, Error};

/// The same loop in Rust: the compiler knows the types, and only the addition is left.
///
/// It asks the kernel for each term, so that the compiler does not replace the loop with a formula.
pub fn compiled<K: Kernel>(
    kernel: &K,
    terms: Range<u64>,
    _: &Context,
) -> Result<K::Partial, Error> {
    // ANCHOR: loop
    let mut sum = K::Partial::default();
    for i in terms {
        sum += kernel.term(i);
    }
    // ANCHOR_END: loop
    Ok(sum)
}
