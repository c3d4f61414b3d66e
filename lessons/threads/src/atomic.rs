use std::ops::Range;
use std::sync::atomic::Ordering;

use kernels::{Atomic, AtomicOf, Kernel, split};
use measure::{Context, Error};

use crate::on_threads;

/// One atomic total for all workers, added to for every single term: no lock, and still a queue.
///
/// `fetch_add` is one instruction, but to do it a core must own the total's cache line. The line
/// travels from core to core, and each addition waits for it.
///
/// # Errors
///
/// Where a thread cannot be started, or panics.
pub fn atomic<K: Kernel>(
    kernel: &K,
    terms: Range<u64>,
    context: &Context,
) -> Result<K::Partial, Error> {
    let ranges: Vec<Range<u64>> = split::ranges(&terms, context.workers()).collect();
    let total = AtomicOf::<K>::default();
    on_threads(context, &|worker| {
        for i in ranges[worker].clone() {
            // Relaxed: each addition must be whole, but their order does not matter, and joining
            // the threads makes all of them visible to the reader below.
            total.fetch_add(kernel.term(i), Ordering::Relaxed);
        }
    })?;
    Ok(total.into_inner())
}
