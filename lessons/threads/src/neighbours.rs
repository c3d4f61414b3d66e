use std::ops::Range;
use std::sync::atomic::{AtomicU64, Ordering};

use shared::{Error, Kernel, Workers, split};

use crate::crew;

/// One counter for each worker, all side by side in memory, written at every term.
///
/// No worker touches another's counter, so nothing seems to be shared. But memory moves in lines of
/// 64 bytes, and eight counters lie in one. A core must own the line to write any of them, so the
/// line travels from core to core all the same. This is called *false sharing*.
///
/// # Errors
///
/// Where a thread cannot be started, or panics.
pub fn neighbours<K: Kernel>(
    kernel: &K,
    terms: Range<u64>,
    workers: Workers,
) -> Result<u64, Error> {
    let ranges: Vec<Range<u64>> = split::ranges(&terms, workers).collect();
    let counters: Vec<AtomicU64> = ranges.iter().map(|_| AtomicU64::new(0)).collect();
    crew(workers, |worker| {
        let counter = &counters[worker];
        for i in ranges[worker].clone() {
            // A load and a store, not `fetch_add`: this worker is the only one that writes here.
            // Atomic only so that the compiler writes at every term; Relaxed, since joining the
            // threads makes the counters visible.
            counter.store(counter.load(Ordering::Relaxed) + kernel.term(i), Ordering::Relaxed);
        }
    })?;
    Ok(counters.into_iter().map(AtomicU64::into_inner).sum())
}
