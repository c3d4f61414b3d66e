use std::ops::Range;

use kernels::Kernel;
use measure::{Context, Error};

/// A loop that asks for one term after the other, and adds it.
///
/// The source says *one after the other*, but integers may be added in any order, so the compiler
/// is free to add several at once, as far as the oldest processor of this kind can.
pub fn term_by_term<K: Kernel>(
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
