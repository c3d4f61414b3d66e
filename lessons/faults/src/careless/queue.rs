use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use kernels::{Atomic, AtomicOf, Kernel, split};
use measure::{Context, Error};

/// Blocks that threads take from one queue, and a count of the blocks that are not done. What it
/// forgets: a block that fails is never done, and the caller waits for it.
///
/// # Errors
///
/// It returns none, and that is what is wrong with it.
pub fn queue<K: Kernel>(kernel: &K, terms: u64, context: &Context) -> Result<K::Partial, Error> {
    let blocks = (0..split::block_count(&(0..terms), kernel.grain()))
        .filter_map(|number| split::block(&(0..terms), kernel.grain(), number));
    let queue: Vec<_> = blocks.collect();
    // ANCHOR: queue
    let left = Arc::new(AtomicU64::new(queue.len() as u64));
    let (queue, total) = (Arc::new(Mutex::new(queue)), Arc::new(AtomicOf::<K>::default()));
    for _ in 0..context.workers().get() {
        let (kernel, left) = (kernel.clone(), Arc::clone(&left));
        let (queue, total) = (Arc::clone(&queue), Arc::clone(&total));
        thread::spawn(move || {
            while let Some(block) = pop(&queue) {
                total.fetch_add(kernel.sum(block), Ordering::Relaxed);
                left.fetch_sub(1, Ordering::Release); // Not if the line above panics.
            }
        });
    }
    while left.load(Ordering::Acquire) > 0 {
        thread::sleep(Duration::from_micros(100));
    }
    // ANCHOR_END: queue
    Ok(total.load(Ordering::Relaxed))
}

fn pop<T>(queue: &Mutex<Vec<T>>) -> Option<T> {
    queue.lock().unwrap_or_else(PoisonError::into_inner).pop()
}
