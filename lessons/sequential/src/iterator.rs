use std::ops::Range;

use kernels::Kernel;
use measure::{Context, Error};

/// The loop of [`term_by_term`](crate::term_by_term), written as an iterator.
///
/// It reads better, and it costs nothing: both become the same machine code.
pub fn iterator<K: Kernel>(
    kernel: &K,
    terms: Range<u64>,
    _: &Context,
) -> Result<K::Partial, Error> {
    Ok(terms.map(|i| kernel.term(i)).sum())
}
