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
    let mut threads: Vec<JoinHandle<u64>> = Vec::new();
    for (worker, range) in split::ranges(&terms, workers).enumerate() {
        let handle = Arc::clone(&kernel);
        let thread = thread::Builder::new().spawn(move || handle.sum(range));
        threads.push(thread.map_err(|cause| Error::no_thread(worker, &cause))?);
    }
    let mut total = 0;
    for (worker, thread) in threads.into_iter().enumerate() {
        total += thread.join().map_err(|panic| Error::panicked(worker, &*panic))?;
    }
    Ok(total)
}
