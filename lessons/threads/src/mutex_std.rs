use std::ops::Range;
use std::sync::Mutex;

use kernels::{Kernel, split};
use measure::{Context, Error};

use crate::on_threads;

/// One total for all workers, behind a lock that is taken for every single term.
///
/// This is right, and it is what a first attempt often looks like. But only one thread can hold the
/// lock, so all the others wait: the additions happen one after the other, as on one core, and
/// each pays for the lock on top.
///
/// # Errors
///
/// Where a thread cannot be started, or panics.
pub fn mutex_std<K: Kernel>(
    kernel: &K,
    terms: Range<u64>,
    context: &Context,
) -> Result<K::Partial, Error> {
    let ranges: Vec<Range<u64>> = split::ranges(&terms, context.workers()).collect();
    // ANCHOR: lock
    let total = Mutex::new(K::Partial::default());
    on_threads(context, &|worker| {
        for i in ranges[worker].clone() {
            let term = kernel.term(i);
            *total.lock().expect("nobody panics between lock and unlock") += term;
        }
    })?;
    // ANCHOR_END: lock
    Ok(total.into_inner().expect("nobody panicked: all threads came back"))
}
