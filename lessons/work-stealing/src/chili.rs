use std::ops::Range;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::thread;

use chili::Scope;
use kernels::{Kernel, split};
use measure::{Error, panics};

use crate::ChiliPool;

/// Halves of halves again, but a half is offered to others only at a heartbeat.
///
/// Rayon's `join` offers every right half, which costs some 20 ns each time, whether somebody comes or
/// not. Chili keeps the halves in a private list, which costs next to nothing, and every 100 us
/// offers the oldest one, which is also the largest. So the ranges may be much finer than a grain. Nobody
/// outside can see who took what, so the steals are not known.
///
/// # Errors
///
/// Where a worker panics; the pool can be used again. Chili does not number its workers, so the error
/// does not say which one.
pub fn chili<K: Kernel>(
    kernel: &K,
    terms: Range<u64>,
    pool: &mut ChiliPool,
) -> Result<K::Partial, Error> {
    if !split::worth_sharing(kernel, &terms) {
        return pool.context.catch(0, || kernel.sum(terms));
    }
    let sum = halve(kernel, terms, &mut pool.threads.scope());
    sum.map_err(|panic| panics::caught("a worker of the pool", &*panic))
}

/// The sum of a range by whoever is free, for a worker that is within `scope` already.
///
/// # Errors
///
/// What the first worker that panicked has thrown.
pub fn halve<K: Kernel>(
    kernel: &K,
    range: Range<u64>,
    scope: &mut Scope<'_>,
) -> thread::Result<K::Partial> {
    let finest = (kernel.grain() / 64).max(1);
    if split::len(&range) <= finest {
        // A panic must not go through `join`: it would leave the other half on offer, which lies in
        // a stack frame that is then gone (chili 0.2.1).
        return catch_unwind(AssertUnwindSafe(|| kernel.sum(range)));
    }
    let (left, right) = split::halves(&range);
    let (left, right) =
        scope.join(|scope| halve(kernel, left, scope), |scope| halve(kernel, right, scope));
    Ok(left? + right?)
}
