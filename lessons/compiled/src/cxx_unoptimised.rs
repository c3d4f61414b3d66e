use std::ops::Range;
use std::time::Instant;

use kernels::{Event, Kernel, Span};
use measure::{Context, Error};

use crate::cxx;

/// The same loop in C++, with a compiler that was told not to optimise: gcc or clang at `-O0`.
pub fn cxx_unoptimised<K: Kernel>(
    kernel: &K,
    terms: Range<u64>,
    _: &Context,
) -> Result<u64, Error> {
    let start = Instant::now();
    let sum = cxx::unoptimised_sum(terms.end) - cxx::unoptimised_sum(terms.start);
    kernel.record(Event::Summed(Span::mine(terms, start)));
    Ok(sum)
}
