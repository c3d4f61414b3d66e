use std::ops::Range;

use kernels::{Kernel, split};
use measure::Error;

use crate::tasks::{TASKS, part};
use crate::tokio_pool::{TokioPool, joined, sum_range};

/// Tokio, as its documentation asks for: each range is given to the threads that may block.
///
/// The runtime's own threads stay free for timers and sockets. Right where a server has to compute now and then.
/// There may be hundreds of such threads (512 unless told otherwise), and nobody steals: one range each, and
/// uneven work stays uneven. Where much is computed, tokio's own documentation sends its reader to rayon.
///
/// # Errors
///
/// Where a worker panics, or a thread cannot be started; the pool can be used again.
pub fn tokio_blocking<K: Kernel>(
    kernel: &K,
    terms: Range<u64>,
    pool: &TokioPool,
) -> Result<K::Partial, Error> {
    if !split::worth_sharing(kernel, &terms) {
        return pool.context.catch(0, || kernel.sum(terms));
    }
    let spawn = |(worker, range)| {
        let (kernel, context) = (kernel.clone(), pool.context.clone());
        // ANCHOR: blocking
        pool.runtime.spawn_blocking(move || sum_range(worker, &kernel, range, &context))
        // ANCHOR_END: blocking
    };
    let start = || {
        let ranges = split::ranges(&terms, pool.context.workers());
        let tasks = ranges.enumerate().map(spawn).collect();
        pool.runtime.block_on(joined(tasks))
    };
    // Where a thread cannot be started, it panics.
    pool.context.in_pool(start)?
}

/// Tasks on threads that may block: so each blocks until its sum is there, and every sum takes more threads.
pub(crate) fn nested<K: Kernel>(
    kernel: &K,
    terms: Range<u64>,
    pool: &TokioPool,
) -> Result<K::Partial, Error> {
    let spawn = |task: usize| {
        let (kernel, context) = (kernel.clone(), pool.context.clone());
        let (terms, runtime) = (part(&terms, task), pool.runtime.handle().clone());
        pool.runtime.spawn_blocking(move || {
            let within = |(worker, range)| {
                let (kernel, context) = (kernel.clone(), context.clone());
                runtime.spawn_blocking(move || sum_range(worker, &kernel, range, &context))
            };
            let ranges = split::ranges(&terms, context.workers());
            runtime.block_on(joined(ranges.enumerate().map(within).collect()))
        })
    };
    let start = || pool.runtime.block_on(joined((0..TASKS).map(spawn).collect()));
    pool.context.in_pool(start)?
}
