use std::ops::Range;
use std::thread;

use shared::{Error, Kernel, Workers, split};

/// One thread for each range; the threads borrow the kernel.
///
/// A scope ends when all of its threads have. So the compiler knows that what they borrow lives
/// long enough, and nothing has to be owned in common. Each thread adds in private and gives one
/// number back; nothing is shared while it adds. That is why this is fast.
///
/// # Errors
///
/// Where a thread cannot be started, or panics.
pub fn scoped<K: Kernel>(kernel: &K, terms: Range<u64>, workers: Workers) -> Result<u64, Error> {
    thread::scope(|scope| {
        let start = |(worker, range): (usize, Range<u64>)| {
            let thread = thread::Builder::new().spawn_scoped(scope, move || kernel.sum(range));
            thread.map_err(|cause| Error::no_thread(worker, &cause))
        };
        let ranges = split::ranges(&terms, workers);
        // Collected before the first join: a lazy iterator would start each thread only when it is
        // joined, one after the other.
        let threads: Vec<_> = ranges.enumerate().map(start).collect();
        let partials: Vec<Result<u64, Error>> = threads
            .into_iter()
            .enumerate()
            .map(|(worker, thread)| {
                thread?.join().map_err(|panic| Error::panicked(worker, &*panic))
            })
            .collect();
        partials.into_iter().sum()
    })
}
