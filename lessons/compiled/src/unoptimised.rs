use std::ops::Range;
use std::time::Instant;

use kernels::{Event, Kernel, Span};
use measure::{Context, Error};

/// The plain loop, and a compiler that was told not to optimise.
///
/// Every variable has its place on the stack: it is fetched from there, changed, and put back, for each
/// term anew. That is what a debugger wants, and nobody else.
pub fn unoptimised<K: Kernel>(kernel: &K, terms: Range<u64>, _: &Context) -> Result<u64, Error> {
    let start = Instant::now();
    let sum = ::unoptimised::sum(terms.end) - ::unoptimised::sum(terms.start);
    kernel.record(Event::Summed(Span::mine(terms, start)));
    Ok(sum)
}
