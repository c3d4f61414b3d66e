use std::ops::Range;

use kernels::{Kernel, split};
use measure::{Error, panics};
use rayon::prelude::*;

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
    pool: &rayon::ThreadPool,
) -> Result<u64, Error> {
    if !split::worth_sharing(kernel, &terms) {
        return panics::in_worker(0, || kernel.sum(terms));
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
    panics::in_pool(|| pool.install(sum))
}
