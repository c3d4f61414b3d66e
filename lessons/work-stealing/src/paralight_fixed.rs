use std::ops::Range;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};

use kernels::{Kernel, split};
use measure::Error;
use paralight::prelude::*;

use crate::ParalightPool;

/// Paralight's parallel iterator over blocks, of which each thread gets an equal range, and no more.
///
/// The call is that of [`rayon_chunks`](crate::rayon_chunks), but nobody ever looks for work: when a thread is
/// called, its range is known. That is as little as a pool can do for a sum. It is enough where all blocks cost
/// the same and every core is free; otherwise the slowest thread is waited for, as in
/// [`equal_ranges`](crate::equal_ranges). The pool is borrowed mutably, so a sum within a sum does not compile.
///
/// # Errors
///
/// Where a worker panics; the pool can be used again.
pub fn paralight_fixed<K: Kernel>(
    kernel: &K,
    terms: Range<u64>,
    pool: &mut ParalightPool,
) -> Result<K::Partial, Error> {
    if !split::worth_sharing(kernel, &terms) {
        return pool.context.catch(0, || kernel.sum(terms));
    }
    let size = split::block_size(kernel, &terms);
    let blocks = split::block_count(&terms, size) as usize;
    let sum_block = |number| {
        let block = split::block(&terms, size, number as u64).unwrap_or_default();
        // A panic must not leave the closure: it would end the thread, and the pool with it (paralight 0.0.12).
        catch_unwind(AssertUnwindSafe(|| kernel.sum(block)))
    };
    pool.context.in_pool(|| {
        // ANCHOR: sum
        let blocks = (0..blocks).into_par_iter().with_thread_pool(&mut pool.threads);
        let sum = blocks.map(sum_block).reduce(|| Ok(K::Partial::default()), |a, b| Ok(a? + b?));
        // ANCHOR_END: sum
        sum.unwrap_or_else(|panic| resume_unwind(panic))
    })
}
