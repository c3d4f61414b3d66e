use std::ops::Range;

use kernels::{Kernel, Workers};
use measure::{Context, Error};

use crate::tasks::{TASKS, part};

/// No library: threads of the standard library, started for every sum, as in the lesson `threads`.
///
/// Right where a sum is rare or long, or where nothing may stay behind: between two sums there are no threads that
/// could burn anything. Each sum pays for the start of all threads but the caller.
///
/// # Errors
///
/// Where a thread cannot be started, or panics.
pub fn scoped<K: Kernel>(
    kernel: &K,
    terms: Range<u64>,
    context: &Context,
) -> Result<K::Partial, Error> {
    threads::scoped(kernel, terms, context)
}

/// A thread for each task, and each of them starts threads of its own. Nobody counts them all.
pub(crate) fn nested<K: Kernel>(
    kernel: &K,
    terms: Range<u64>,
    context: &Context,
) -> Result<K::Partial, Error> {
    let tasks = context.with_workers(Workers::new(TASKS).expect("a small number"));
    let sums = threads::on_threads(&tasks, &|task| scoped(kernel, part(&terms, task), context))?;
    sums.into_iter().sum()
}
