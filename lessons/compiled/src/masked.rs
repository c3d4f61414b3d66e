use std::hint::black_box;
use std::ops::Range;
use std::time::Instant;

use kernels::{Event, Kernel, Span};
use measure::{Context, Error};

/// A loop that is really run: each term is `i ^ mask`, and only the running program knows that the mask
/// is zero. So there is no formula, and still several terms may be added at once.
pub fn masked<K: Kernel>(kernel: &K, terms: Range<u64>, _: &Context) -> Result<u64, Error> {
    let start = Instant::now();
    let mask = black_box(0);
    let sum = sum(terms.end, mask) - sum(terms.start, mask);
    kernel.record(Event::Summed(Span::mine(terms, start)));
    Ok(sum)
}

// ANCHOR: sum
#[inline(never)]
fn sum(n: u64, mask: u64) -> u64 {
    let mut sum = 0;
    let mut i = 0;
    while i < n {
        sum += i ^ mask;
        i += 1;
    }
    sum
}
// ANCHOR_END: sum
