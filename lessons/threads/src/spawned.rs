use std::io;
use std::ops::Range;
use std::sync::Arc;
use std::thread::{self, JoinHandle};

use kernels::{Kernel, split};
use measure::{Context, Error};

/// One range for each worker: the caller sums the first, free threads the others. All of them own the
/// kernel together.
///
/// A thread from `thread::spawn` may outlive the function that started it. So it cannot borrow the
/// kernel: it must own it. An `Arc` is a counted handle; each thread gets one, and whoever drops the
/// last one frees the kernel.
///
/// The caller would only wait, so it may as well work. It is awake already, on a core of its own. (Two
/// new threads are sometimes started on one core, and stay there for milliseconds.)
///
/// # Errors
///
/// Where a thread cannot be started, or panics.
pub fn spawned<K: Kernel>(
    kernel: &K,
    terms: Range<u64>,
    context: &Context,
) -> Result<K::Partial, Error> {
    let kernel = Arc::new(kernel.clone());
    let mut ranges = split::ranges(&terms, context.workers());
    let mine = ranges.next().expect("there is at least one worker");
    let started: Vec<io::Result<JoinHandle<K::Partial>>> = (1..)
        .zip(ranges)
        .map(|(worker, range)| {
            let (handle, context) = (Arc::clone(&kernel), context.clone());
            thread::Builder::new().spawn(move || {
                let _worker = context.enter(worker);
                handle.sum(range)
            })
        })
        .collect();
    let _worker = context.enter(0);
    let mut partials = vec![context.catch(0, || kernel.sum(mine))];
    // Every thread is waited for, also after one could not be started: none is left behind.
    for (worker, thread) in (1..).zip(started) {
        partials.push(match thread {
            Ok(thread) => thread.join().map_err(|panic| context.panicked(worker, &*panic)),
            Err(cause) => Err(Error::no_thread(worker, &cause)),
        });
    }
    partials.into_iter().sum()
}
