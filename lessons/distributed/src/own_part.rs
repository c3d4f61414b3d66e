use std::hint::black_box;
use std::ops::Range;
use std::time::Instant;

use kernels::{Event, Kernel, Span, sum_of_numbers};

use crate::reduce::to_rank_zero;
use crate::{World, own_range};

/// Every rank makes its own part of the numbers, in its own memory, and sums it. Both are timed.
///
/// Nothing travels but the partials. Where data can be made, or read from a disk, by the rank that needs
/// it, do that.
pub fn own_part<K: Kernel<Partial = u64>>(kernel: &K, terms: Range<u64>, world: &World) -> u64 {
    let mine = own_range(&terms, world);
    let start = Instant::now();
    let numbers: Vec<u64> = black_box(mine.clone()).collect();
    let sum = sum_of_numbers(black_box(&numbers));
    kernel.record(Event::Summed(Span::mine(mine, start)));
    to_rank_zero(sum, world)
}
