use std::io;
use std::ops::Range;
use std::sync::Arc;
use std::thread::{self, JoinHandle};

use shared::{Error, Kernel, Workers, split};

/// One free thread for each range; all of them own the kernel together.
///
/// A thread from `thread::spawn` may outlive the function that started it. So it cannot borrow the
/// kernel: it must own it. An `Arc` is a counted handle; each thread gets one, and whoever drops the
/// last one frees the kernel.
///
/// # Errors
///
/// Where a thread cannot be started, or panics.
pub fn spawned<K: Kernel>(kernel: &K, terms: Range<u64>, workers: Workers) -> Result<u64, Error> {
    let kernel = Arc::new(kernel.clone());
    let started: Vec<io::Result<JoinHandle<u64>>> = split::ranges(&terms, workers)
        .map(|range| {
            let handle = Arc::clone(&kernel);
            thread::Builder::new().spawn(move || handle.sum(range))
        })
        .collect();
    // Every thread is waited for, also after one could not be started: none is left behind.
    let partials: Vec<Result<u64, Error>> = started
        .into_iter()
        .enumerate()
        .map(|(worker, thread)| {
            let thread = thread.map_err(|cause| Error::no_thread(worker, &cause))?;
            thread.join().map_err(|panic| Error::panicked(worker, &*panic))
        })
        .collect();
    partials.into_iter().sum()
}
