use std::ops::Range;

use chili::Scope;
use shared::{Error, Kernel, split};

/// Halves of halves again, but a half is offered to others only at a heartbeat.
///
/// Rayon's `join` offers every right half, which costs some 20 ns each time, whether somebody comes or
/// not. Chili keeps the halves in a private list, which costs next to nothing, and every 100 us
/// offers the oldest one, which is also the largest. So the pieces may be much finer than a grain. Nobody
/// outside can see who took what, so the steals are not known.
///
/// # Errors
///
/// None; a panic of a worker goes on in the caller.
pub fn heartbeat<K: Kernel>(
    kernel: &K,
    terms: Range<u64>,
    pool: &chili::ThreadPool,
) -> Result<u64, Error> {
    if !split::worth_sharing(kernel, &terms) {
        return Ok(kernel.sum(terms));
    }
    let piece = (kernel.grain() / 64).max(1);
    Ok(halve(kernel, terms, piece, &mut pool.scope()))
}

fn halve<K: Kernel>(kernel: &K, range: Range<u64>, piece: u64, scope: &mut Scope<'_>) -> u64 {
    if split::len(&range) <= piece {
        return kernel.sum(range);
    }
    let (left, right) = split::halves(&range);
    let (left, right) = scope.join(
        |scope| halve(kernel, left, piece, scope),
        |scope| halve(kernel, right, piece, scope),
    );
    left + right
}
