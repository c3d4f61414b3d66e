use std::ops::Range;

use kernels::{Kernel, split};
use measure::Error;
use rayon::prelude::*;

use crate::RayonPool;

/// Rayon's parallel iterator over the terms: the sequential iterator with one word changed.
///
/// Rayon cuts the terms in halves as long as somebody steals them, but no finer than
/// `with_min_len` says. It adds term by term, so the kernel's own wide loop is not used: on
/// `integers` and `memory` that costs more than the second core brings.
///
/// # Errors
///
/// Where a worker panics; the pool can be used again.
pub fn rayon_iter<K: Kernel>(
    kernel: &K,
    terms: Range<u64>,
    pool: &mut RayonPool,
) -> Result<K::Partial, Error> {
    if !split::worth_sharing(kernel, &terms) {
        return pool.context.catch(0, || kernel.sum(terms));
    }
    // Only a range of `usize` knows its length well enough for `with_min_len`.
    let (lo, hi) = (terms.start as usize, terms.end as usize);
    let grain = kernel.grain() as usize;
    // ANCHOR: term
    let sum = || (lo..hi).into_par_iter().with_min_len(grain).map(|i| kernel.term(i as u64)).sum();
    // ANCHOR_END: term
    pool.context.in_pool(|| pool.threads.install(sum))
}
