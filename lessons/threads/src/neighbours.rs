use std::ops::Range;
use std::sync::atomic::Ordering;

use kernels::{Atomic, AtomicOf, Kernel, split};
use measure::{Context, Error};

use crate::on_threads;

/// One counter for each worker, all side by side in memory, written at every term.
///
/// No worker touches another's counter, so nothing seems to be shared. But memory moves in lines of
/// 64 bytes (128 on Apple's processors), and eight counters lie in one. A core must own the line to add to any of them, so the
/// line travels from core to core, and each addition waits for it, just as in
/// [`atomic`](crate::atomic). This is called *false sharing*.
///
/// # Errors
///
/// Where a thread cannot be started, or panics.
pub fn neighbours<K: Kernel>(
    kernel: &K,
    terms: Range<u64>,
    context: &Context,
) -> Result<K::Partial, Error> {
    let ranges: Vec<Range<u64>> = split::ranges(&terms, context.workers()).collect();
    // ANCHOR: counters
    let counters: Vec<AtomicOf<K>> = ranges.iter().map(|_| AtomicOf::<K>::default()).collect();
    on_threads(context, &|worker| {
        for i in ranges[worker].clone() {
            // The instruction of `atomic`, and Relaxed for the same reason. Nobody else writes to this
            // counter; what is shared is the line that it lies in.
            counters[worker].fetch_add(kernel.term(i), Ordering::Relaxed);
        }
    })?;
    // ANCHOR_END: counters
    Ok(counters.into_iter().map(Atomic::into_inner).sum())
}
