//! Cuts ranges: one for each worker, or into blocks.
//!
//! Cutting by hand is where sums go wrong: a rounded-up chunk runs past the end, a rounded-down one
//! drops the tail. Here the i-th of p parts of `lo..hi` is `lo + len*i/p .. lo + len*(i+1)/p`,
//! computed in 128 bits. Each part ends where the next begins, so nothing is lost or added twice,
//! and no two parts differ by more than one term.

use std::ops::Range;

use crate::{Kernel, Workers};

/// How many terms the range holds; a range that runs backwards holds none.
pub fn len(range: &Range<u64>) -> u64 {
    range.end.saturating_sub(range.start)
}

/// One range for each worker, in order; some are empty where workers outnumber terms.
///
/// ```
/// use kernels::{Workers, split};
/// let parts: Vec<_> = split::ranges(&(0..5), Workers::new(4).unwrap()).collect();
/// assert_eq!(parts, [0..1, 1..2, 2..3, 3..5]);
/// ```
pub fn ranges(terms: &Range<u64>, workers: Workers) -> impl ExactSizeIterator<Item = Range<u64>> {
    let (terms, parts) = (terms.clone(), workers.get());
    (0..parts).map(move |number| part(&terms, number, parts))
}

/// Part `number` of `parts` equal ones.
///
/// ```
/// assert_eq!(kernels::split::part(&(0..5), 3, 4), 3..5);
/// ```
pub fn part(terms: &Range<u64>, number: usize, parts: usize) -> Range<u64> {
    let cut = |number: usize| {
        terms.start + (u128::from(len(terms)) * number as u128 / parts as u128) as u64
    };
    cut(number)..cut(number + 1)
}

/// The two halves of a range, the second at most one term longer.
///
/// ```
/// assert_eq!(kernels::split::halves(&(10..15)), (10..12, 12..15));
/// ```
pub fn halves(range: &Range<u64>) -> (Range<u64>, Range<u64>) {
    let middle = range.start + len(range) / 2;
    (range.start..middle, middle..range.end)
}

/// Block number `number` of `terms`, where every block but the last has `size` terms; `None` past
/// the end.
///
/// ```
/// use kernels::split::block;
/// assert_eq!(block(&(0..10), 4, 2), Some(8..10));
/// assert_eq!(block(&(0..10), 4, 3), None);
/// ```
pub fn block(terms: &Range<u64>, size: u64, number: u64) -> Option<Range<u64>> {
    let lo = number.checked_mul(size).and_then(|offset| terms.start.checked_add(offset))?;
    (lo < terms.end).then(|| lo..lo.saturating_add(size).min(terms.end))
}

/// How many blocks of `size` terms it takes to cover `terms`.
pub fn block_count(terms: &Range<u64>, size: u64) -> u64 {
    len(terms).div_ceil(size)
}

/// The block size for a sum of `terms`: one grain, but no fewer than 256 blocks while a block still
/// has a term. It does not depend on the number of workers.
pub fn block_size<K: Kernel>(kernel: &K, terms: &Range<u64>) -> u64 {
    (len(terms) / 256).clamp(1, kernel.grain().max(1))
}

/// Whether `terms` are worth sharing at all: four grains or more, some 200 microseconds of work.
///
/// Waking another thread costs a few microseconds to a few dozen. Below this bound much of the sum may
/// be done before the help has come.
pub fn worth_sharing<K: Kernel>(kernel: &K, terms: &Range<u64>) -> bool {
    len(terms) >= kernel.grain().saturating_mul(4)
}
