use std::ops::Range;
use std::thread;

use chili::Scope;
use kernels::Kernel;
use measure::{Error, panics};
use work_stealing::{ChiliPool, chili_within};

use crate::tasks::{TASKS, part};

/// Chili: halves that are kept private, and offered to others only now and then, as in the lesson `work-stealing`.
///
/// Right where the work is a recursion with tiny ends, and nobody knows how fine to cut. The caller is a worker and
/// begins at once; others hear of the sum at a heartbeat, so a sum that is over by then is done by the caller alone.
///
/// # Errors
///
/// Where a worker panics; the pool can be used again.
pub fn chili<K: Kernel>(
    kernel: &K,
    terms: Range<u64>,
    pool: &mut ChiliPool,
) -> Result<K::Partial, Error> {
    work_stealing::chili(kernel, terms, pool)
}

/// A task is one half more: whoever sums within a task passes its scope on.
pub(crate) fn nested<K: Kernel>(
    kernel: &K,
    terms: Range<u64>,
    pool: &mut ChiliPool,
) -> Result<K::Partial, Error> {
    let sum = tasks(kernel, &terms, 0..TASKS, &mut pool.threads.scope());
    sum.map_err(|panic| panics::caught("a worker of the pool", &*panic))
}

fn tasks<K: Kernel>(
    kernel: &K,
    terms: &Range<u64>,
    numbers: Range<usize>,
    scope: &mut Scope<'_>,
) -> thread::Result<K::Partial> {
    if numbers.len() == 1 {
        return chili_within(kernel, part(terms, numbers.start), scope);
    }
    let middle = usize::midpoint(numbers.start, numbers.end);
    let (left, right) = scope.join(
        |scope| tasks(kernel, terms, numbers.start..middle, scope),
        |scope| tasks(kernel, terms, middle..numbers.end, scope),
    );
    Ok(left? + right?)
}
