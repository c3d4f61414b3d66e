use std::ops::Range;

use kernels::{Kernel, split};
use measure::Error;
use rayon::prelude::*;

use crate::RayonPool;

/// Rayon's parallel iterator over blocks of terms, each summed by the kernel's own loop.
///
/// The cure for [`rayon_iter`](crate::rayon_iter): rayon shares the numbers of the blocks, and each
/// block is one fast call. For data in a slice the same idea is called `par_chunks`.
///
/// # Errors
///
/// Where a worker panics; the pool can be used again.
pub fn rayon_chunks<K: Kernel>(
    kernel: &K,
    terms: Range<u64>,
    pool: &mut RayonPool,
) -> Result<K::Partial, Error> {
    if !split::worth_sharing(kernel, &terms) {
        return pool.context.catch(0, || kernel.sum(terms));
    }
    let size = split::block_size(kernel, &terms);
    // ANCHOR: block
    let sum = || {
        let numbers = (0..split::block_count(&terms, size)).into_par_iter();
        numbers
            .filter_map(|number| split::block(&terms, size, number))
            .map(|block| kernel.sum(block))
            .sum()
    };
    // ANCHOR_END: block
    pool.context.in_pool(|| pool.threads.install(sum))
}
