use std::ops::Range;

use kernels::Kernel;
use measure::Error;
use rayon::prelude::*;
use work_stealing::RayonPool;

use crate::tasks::{TASKS, part};

/// Rayon: halves of halves, and whoever is idle steals, as in the lesson `work-stealing`.
///
/// Right where work is uneven, or where a parallel function may call another one: what a worker waits for it does
/// itself, or it does something else meanwhile. The caller is no worker: it hands the sum over, sleeps, and is woken.
///
/// # Errors
///
/// Where a worker panics; the pool can be used again.
pub fn rayon_join<K: Kernel>(
    kernel: &K,
    terms: Range<u64>,
    pool: &RayonPool,
) -> Result<K::Partial, Error> {
    work_stealing::rayon_join(kernel, terms, pool)
}

/// Tasks of the pool that ask the same pool for a sum. The halves of all of them lie in the same deques.
// ANCHOR: nested
pub(crate) fn nested<K: Kernel>(
    kernel: &K,
    terms: Range<u64>,
    pool: &RayonPool,
) -> Result<K::Partial, Error> {
    let sums = || {
        let tasks = (0..TASKS).into_par_iter();
        tasks
            .map(|task| rayon_join(kernel, part(&terms, task), pool))
            .reduce(|| Ok(K::Partial::default()), |one, next| Ok(one? + next?))
    };
    pool.threads.install(sums)
}
// ANCHOR_END: nested
