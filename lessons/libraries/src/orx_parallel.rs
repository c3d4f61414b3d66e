use std::ops::Range;
use std::panic::{AssertUnwindSafe, catch_unwind};

use kernels::{Kernel, split};
use measure::{Context, Error, panics};
use orx_parallel::{BasicPool, IntoParIter, Par, Runner};

use crate::tasks::{TASKS, part};

/// Orx-parallel: a parallel iterator whose workers pull chunks from one shared iterator.
///
/// No worker has a range of its own, so there is nothing to steal: an atomic counter says which block is next, as in
/// `self-scheduled` of the lesson `threads`, and the chunks grow while it runs. Right where rayon's iterators are too
/// few: any iterator can be shared, and errors end it early. The caller waits asleep for tasks in one queue, and so
/// does a worker that calls, which is a trap: see `nested` below. No more threads work than there are cores (4.1.1).
///
/// # Errors
///
/// Where a worker panics; the pool can be used again. Its threads are not numbered, so the error does not say
/// which one.
pub fn orx_parallel<K: Kernel>(
    kernel: &K,
    terms: Range<u64>,
    pool: &OrxPool,
) -> Result<K::Partial, Error> {
    if !split::worth_sharing(kernel, &terms) {
        return pool.context.catch(0, || kernel.sum(terms));
    }
    let size = split::block_size(kernel, &terms);
    let sum_block = |number| {
        let block = split::block(&terms, size, number as u64).unwrap_or_default();
        let sum = catch_unwind(AssertUnwindSafe(|| kernel.sum(block)));
        sum.map_err(|panic| panics::caught("a worker of the pool", &*panic))
    };
    // ANCHOR: sum
    let blocks = (0..split::block_count(&terms, size) as usize).into_par();
    let sum = blocks
        .runner(Runner::adaptive_with_pool(&pool.threads))
        .map(sum_block)
        .reduce(|one, next| Ok(one? + next?));
    // ANCHOR_END: sum
    sum.unwrap_or_else(|| Ok(K::Partial::default()))
}

/// A pool of orx-parallel's.
pub struct OrxPool {
    threads: BasicPool,
    context: Context,
}

impl OrxPool {
    /// Starts the threads.
    ///
    /// # Errors
    ///
    /// Where the system refuses a thread.
    pub fn start<K>(_: &K, context: &Context) -> Result<Self, Error> {
        let workers = context.workers();
        // Where it cannot start a thread, it panics.
        let threads = catch_unwind(|| BasicPool::new(workers.get()));
        let threads = threads.map_err(|panic| Error::Refused {
            what: format!("a pool of {workers} threads"),
            cause: panics::text(&*panic),
            remedy: "ask for fewer workers with -w, or raise the limit (ulimit -u)",
        })?;
        Ok(OrxPool { threads, context: context.clone() })
    }
}

/// Tasks of the pool that ask the same pool for a sum, and wait for it asleep. Once every thread waits, nobody is
/// left to do what they wait for (4.1.1).
// ANCHOR: nested
pub(crate) fn nested<K: Kernel>(
    kernel: &K,
    terms: Range<u64>,
    pool: &OrxPool,
) -> Result<K::Partial, Error> {
    let tasks = (0..TASKS).into_par().runner(Runner::adaptive_with_pool(&pool.threads));
    let sums = tasks.map(|task| orx_parallel(kernel, part(&terms, task), pool));
    sums.reduce(|one, next| Ok(one? + next?)).unwrap_or_else(|| Ok(K::Partial::default()))
}
// ANCHOR_END: nested
