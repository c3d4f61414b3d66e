use std::iter::successors;
use std::ops::Range;
use std::sync::atomic::{AtomicU64, Ordering};

use kernels::{Kernel, split};
use measure::{Context, Error};

use crate::on_threads;

/// The terms in blocks, and a counter that says which block is next.
///
/// The blocks of [`channel`](crate::channel) are numbers in a row, so there is no need to store them
/// anywhere: to take the next one is to add 1 to a counter. One atomic addition for each block, not
/// for each term: the same instruction as in [`atomic`](crate::atomic), a hundred thousand times
/// less often. OpenMP calls this `schedule(dynamic)`.
///
/// # Errors
///
/// Where a thread cannot be started, or panics.
pub fn self_scheduled<K: Kernel>(
    kernel: &K,
    terms: Range<u64>,
    context: &Context,
) -> Result<K::Partial, Error> {
    let size = split::block_size(kernel, &terms);
    // Worker w begins with block w, so that each has one however late its thread starts.
    // ANCHOR: take
    let next = AtomicU64::new(context.workers().get() as u64);
    let partials = on_threads(context, &|worker| {
        // Relaxed: each number must be given out once, and that is all.
        let take = |_: &u64| Some(next.fetch_add(1, Ordering::Relaxed));
        let blocks = successors(Some(worker as u64), take)
            .map_while(|number| split::block(&terms, size, number));
        blocks.map(|block| kernel.sum(block)).sum::<K::Partial>()
    })?;
    // ANCHOR_END: take
    Ok(partials.into_iter().sum())
}
