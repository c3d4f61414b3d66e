//! A lock that is held while the holder waits for others.

use std::sync::{Mutex, PoisonError};

use measure::Error;
use rayon::ThreadPool;
use rayon::prelude::*;

use super::Deviation;

const BLOCKS: u64 = 4;
const TERMS_OF_A_BLOCK: u64 = 1000;
const EXPECTED: u64 = (BLOCKS * TERMS_OF_A_BLOCK) * (BLOCKS * TERMS_OF_A_BLOCK - 1) / 2;

/// Hangs: a worker holds the lock while it waits for another pool. A worker of rayon does not only
/// wait. It takes the next task of its own pool meanwhile, which wants the lock, and so it waits for
/// itself, for ever.
///
/// # Errors
///
/// Where the system refuses a thread.
pub fn broken() -> Result<Deviation, Error> {
    sum(|helpers, total, block| {
        // ANCHOR: broken
        let mut total = total.lock().unwrap_or_else(PoisonError::into_inner);
        *total += helpers.install(|| sum_of(block));
        // ANCHOR_END: broken
    })
}

/// The sum first, then the lock: it is held for one addition, and nobody is waited for.
///
/// # Errors
///
/// Where the system refuses a thread.
pub fn fixed() -> Result<Deviation, Error> {
    sum(|helpers, total, block| {
        // ANCHOR: fixed
        let partial = helpers.install(|| sum_of(block));
        *total.lock().unwrap_or_else(PoisonError::into_inner) += partial;
        // ANCHOR_END: fixed
    })
}

fn sum(add: impl Fn(&ThreadPool, &Mutex<u64>, u64) + Sync) -> Result<Deviation, Error> {
    let (total, add) = (Mutex::new(0), &add);
    let (own, helpers) = (pool()?, pool()?);
    own.scope(|scope| {
        for block in 0..BLOCKS {
            let (helpers, total) = (&helpers, &total);
            scope.spawn(move |_| add(helpers, total, block));
        }
    });
    let total = total.into_inner().unwrap_or_else(PoisonError::into_inner);
    Ok(Deviation::of(total, EXPECTED))
}

fn sum_of(block: u64) -> u64 {
    let first = block * TERMS_OF_A_BLOCK;
    (first..first + TERMS_OF_A_BLOCK).into_par_iter().sum()
}

fn pool() -> Result<ThreadPool, Error> {
    rayon::ThreadPoolBuilder::new().num_threads(1).build().map_err(|cause| Error::Refused {
        what: "a pool of 1 thread".to_owned(),
        cause: cause.to_string(),
        remedy: "raise the limit (ulimit -u)",
    })
}
