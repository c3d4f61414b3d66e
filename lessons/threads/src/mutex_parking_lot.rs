use std::ops::Range;

use kernels::{Kernel, split};
use measure::{Context, Error};
use parking_lot::Mutex;

use crate::on_threads;

/// The same as [`mutex_std`](crate::mutex_std), with the lock of the crate `parking_lot`.
///
/// That lock is one byte and cannot be poisoned: a panic while it is held unlocks it. When threads
/// fight for it, it spins a little longer before it puts one to sleep. Which of the two is faster
/// depends on the machine; what both cost per term does not change the lesson.
///
/// # Errors
///
/// Where a thread cannot be started, or panics.
pub fn mutex_parking_lot<K: Kernel>(
    kernel: &K,
    terms: Range<u64>,
    context: &Context,
) -> Result<K::Partial, Error> {
    let ranges: Vec<Range<u64>> = split::ranges(&terms, context.workers()).collect();
    let total = Mutex::new(K::Partial::default());
    on_threads(context, &|worker| {
        for i in ranges[worker].clone() {
            let term = kernel.term(i);
            *total.lock() += term;
        }
    })?;
    Ok(total.into_inner())
}
