use std::ops::Range;
use std::thread;

use kernels::{Kernel, split};
use measure::{Context, Error};

/// One range for each worker: the caller sums the first, scoped threads the others. All of them borrow
/// the kernel.
///
/// A scope does not end before its threads have. So the compiler knows that what they borrow lives
/// long enough, and nothing needs two owners. Each worker adds in private and hands over
/// one number at its end. Nothing is shared while it adds: that is why this is fast.
///
/// # Errors
///
/// Where a thread cannot be started, or panics.
pub fn scoped<K: Kernel>(
    kernel: &K,
    terms: Range<u64>,
    context: &Context,
) -> Result<K::Partial, Error> {
    // ANCHOR: private
    let mut ranges = split::ranges(&terms, context.workers());
    let mine = ranges.next().expect("there is at least one worker");
    thread::scope(|scope| {
        // All threads are started before anything is summed or waited for. (A lazy iterator would
        // start each only when it is joined: one after the other, and no faster than one.)
        let start = |(worker, range)| {
            thread::Builder::new().spawn_scoped(scope, move || {
                let _worker = context.enter(worker);
                kernel.sum(range)
            })
        };
        let started: Vec<_> = (1..).zip(ranges).map(start).collect();
        let _worker = context.enter(0);
        let mut partials = vec![context.catch(0, || kernel.sum(mine))];
        for (worker, thread) in (1..).zip(started) {
            partials.push(match thread {
                Ok(thread) => thread.join().map_err(|panic| context.panicked(worker, &*panic)),
                Err(cause) => Err(Error::no_thread(worker, &cause)),
            });
        }
        partials.into_iter().sum()
    })
    // ANCHOR_END: private
}
