use std::hint::black_box;
use std::ops::Range;
use std::time::Instant;

use kernels::{Event, Kernel, Span};
use measure::{Context, Error};

/// Your strategy. It starts as the loop of `masked`.
///
/// Change the function `sum` below, run `cargo run -p compiled` again, and find your row in the table.
/// `cargo run -p compiled -- --function your_turn::sum` shows what the compiler made of it. Ideas: count
/// down; two sums side by side; `u32` in place of `u64` for the counter; `mask` used twice.
pub fn your_turn<K: Kernel>(kernel: &K, terms: Range<u64>, _: &Context) -> Result<u64, Error> {
    let start = Instant::now();
    let mask = black_box(0);
    let sum = sum(terms.end, mask) - sum(terms.start, mask);
    kernel.record(Event::Summed(Span::mine(terms, start)));
    Ok(sum)
}

#[inline(never)]
fn sum(n: u64, mask: u64) -> u64 {
    let mut sum = 0;
    let mut i = 0;
    while i < n {
        sum += i ^ mask;
        i += 1;
    }
    // Two functions that are alike would be made one; this keeps yours apart from that of `masked`.
    black_box(sum)
}
