use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::thread;

use kernels::{Atomic, AtomicOf, Kernel, split};
use measure::{Context, Error};

/// Threads that add to one total. What it forgets: a thread may not come to its addition.
///
/// # Errors
///
/// It returns none, and that is what is wrong with it.
pub fn threads<K: Kernel>(kernel: &K, terms: u64, context: &Context) -> Result<K::Partial, Error> {
    // ANCHOR: threads
    let total = Arc::new(AtomicOf::<K>::default());
    let mut started = Vec::new();
    for range in split::ranges(&(0..terms), context.workers()) {
        let (kernel, total) = (kernel.clone(), Arc::clone(&total));
        started.push(thread::spawn(move || {
            total.fetch_add(kernel.sum(range), Ordering::Relaxed);
        }));
    }
    for thread in started {
        let _ = thread.join(); // An Err in here says that the thread has panicked.
    }
    Ok(total.load(Ordering::Relaxed))
    // ANCHOR_END: threads
}
