use std::ops::Range;
use std::sync::atomic::Ordering;

use crossbeam::utils::CachePadded;
use kernels::{Atomic, AtomicOf, Kernel, split};
use measure::{Context, Error};

use crate::on_threads;

/// The same counters as in [`neighbours`](crate::neighbours), each on a cache line of its own.
///
/// `CachePadded` fills each counter up to 128 bytes: one line of Apple's processors, and two of others, which
/// fetch lines in pairs. The loop is the same to the letter; only the distance has changed.
///
/// # Errors
///
/// Where a thread cannot be started, or panics.
pub fn padded<K: Kernel>(
    kernel: &K,
    terms: Range<u64>,
    context: &Context,
) -> Result<K::Partial, Error> {
    let ranges: Vec<Range<u64>> = split::ranges(&terms, context.workers()).collect();
    // ANCHOR: counters
    let counters: Vec<CachePadded<AtomicOf<K>>> =
        ranges.iter().map(|_| CachePadded::default()).collect();
    // ANCHOR_END: counters
    on_threads(context, &|worker| {
        for i in ranges[worker].clone() {
            counters[worker].fetch_add(kernel.term(i), Ordering::Relaxed); // As in `neighbours`.
        }
    })?;
    Ok(counters.into_iter().map(|counter| counter.into_inner().into_inner()).sum())
}
