use std::ops::Range;

use kernels::{Event, Kernel, split};
use measure::Error;

use crate::RayonPool;

/// Halves of halves: sum the left half myself, and let whoever is idle steal the right one.
///
/// `join` puts the right half into the worker's own store and starts on the left. If nobody has come
/// for the right half by then, the worker takes it back and does it, too. So the terms are cut where
/// somebody is idle, and hardly anywhere else.
///
/// # Errors
///
/// Where a worker panics; the pool can be used again. It may be called by a worker of the pool, too: that one
/// works on while its sum is not done.
pub fn rayon_join<K: Kernel>(
    kernel: &K,
    terms: Range<u64>,
    pool: &RayonPool,
) -> Result<K::Partial, Error> {
    kernel.record(Event::ReportsSteals);
    if !split::worth_sharing(kernel, &terms) {
        return pool.context.catch(0, || kernel.sum(terms));
    }
    pool.context.in_pool(|| pool.threads.install(|| halve(kernel, terms)))
}

// ANCHOR: halve
fn halve<K: Kernel>(kernel: &K, range: Range<u64>) -> K::Partial {
    if split::len(&range) <= kernel.grain() {
        return kernel.sum(range);
    }
    let (left, right) = split::halves(&range);
    let (left, right) = rayon::join_context(
        |_| halve(kernel, left),
        |context| {
            if context.migrated() {
                kernel.record(Event::Stole);
            }
            halve(kernel, right)
        },
    );
    left + right
}
// ANCHOR_END: halve
