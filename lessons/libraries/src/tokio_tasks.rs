use std::ops::Range;

use kernels::{Kernel, split};
use measure::Error;

use crate::tasks::{TASKS, part};
use crate::tokio_pool::{TokioPool, joined, sum_range};

/// Tokio, as one should not: tasks that compute, and never await.
///
/// It is as fast as any other way to give one range to each thread, which is why the mistake is so common: the sum
/// is right and quick, and everything *else* in the program is late. A task keeps its thread until it awaits.
/// These do not, so while they compute there is nobody to look after timers and sockets.
///
/// # Errors
///
/// Where a worker panics; the pool can be used again.
pub fn tokio_tasks<K: Kernel>(
    kernel: &K,
    terms: Range<u64>,
    pool: &TokioPool,
) -> Result<K::Partial, Error> {
    if !split::worth_sharing(kernel, &terms) {
        return pool.context.catch(0, || kernel.sum(terms));
    }
    let spawn = |(worker, range)| {
        let (kernel, context) = (kernel.clone(), pool.context.clone());
        // ANCHOR: mistake
        pool.runtime.spawn(async move { sum_range(worker, &kernel, range, &context) })
        // ANCHOR_END: mistake
    };
    let ranges = split::ranges(&terms, pool.context.workers());
    pool.runtime.block_on(joined(ranges.enumerate().map(spawn).collect()))
}

/// Tasks that await the tasks of their sum, and keep no thread meanwhile: this is what a runtime is good at.
pub(crate) fn nested<K: Kernel>(
    kernel: &K,
    terms: Range<u64>,
    pool: &TokioPool,
) -> Result<K::Partial, Error> {
    let spawn = |task: usize| {
        let (kernel, context, terms) = (kernel.clone(), pool.context.clone(), part(&terms, task));
        pool.runtime.spawn(async move {
            let within = |(worker, range)| {
                let (kernel, context) = (kernel.clone(), context.clone());
                tokio::spawn(async move { sum_range(worker, &kernel, range, &context) })
            };
            let ranges = split::ranges(&terms, context.workers());
            joined(ranges.enumerate().map(within).collect()).await
        })
    };
    pool.runtime.block_on(joined((0..TASKS).map(spawn).collect()))
}
