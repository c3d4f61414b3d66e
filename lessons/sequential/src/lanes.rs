use std::ops::Range;
use std::time::Instant;

use fearless_simd::prelude::*;
use fearless_simd::{Level, dispatch};
use kernels::{Event, Integers, Kernel, Known, Span};
use measure::{Context, Error};

/// The loop of `simd` in the vectors of a library: each operation adds or masks all lanes of one.
///
/// The library `fearless_simd` names vectors of any width and the level that has them; `dispatch!` compiles the
/// function for every level, and asks the processor which to take. (With `wide`, the other well-kept one, the width is
/// settled when the program is compiled: without `-C target-cpu` that is SSE2.) Nothing is left to the compiler's
/// mood, and nothing is `unsafe`.
pub fn lanes<K: Kernel>(kernel: &K, terms: Range<u64>, _: &Context) -> Result<u64, Error> {
    let (start, mask) = (Instant::now(), Integers::new(terms.end)?.term(0));
    let sum = dispatch!(Level::new(), simd => sum_masked(simd, terms.clone(), mask));
    kernel.record(Event::Summed(Span::mine(terms, start)));
    Ok(sum)
}

// ANCHOR: lanes
#[inline(always)]
fn sum_masked<S: Simd>(simd: S, terms: Range<u64>, mask: u64) -> u64 {
    let lanes = S::u64s::LEN as u64;
    let mask_of_all = S::u64s::splat(simd, mask);
    let step = S::u64s::splat(simd, 4 * lanes);
    let counting = S::u64s::from_fn(simd, |lane| lane as u64);
    let from = |vector| counting + S::u64s::splat(simd, terms.start + vector * lanes);
    let mut numbers = [from(0), from(1), from(2), from(3)];
    let mut sums = [S::u64s::splat(simd, 0); 4];
    let turns = terms.end.saturating_sub(terms.start) / (4 * lanes);
    for _ in 0..turns {
        for vector in 0..4 {
            sums[vector] += numbers[vector] ^ mask_of_all;
            numbers[vector] += step;
        }
    }
    // ANCHOR_END: lanes
    let rest: u64 = (terms.start + turns * 4 * lanes..terms.end).map(|i| i ^ mask).sum();
    let total = (sums[0] + sums[1]) + (sums[2] + sums[3]);
    total.as_slice().iter().sum::<u64>() + rest
}
