use std::ops::Range;
use std::time::Instant;

use kernels::{Event, Kernel, Span, split};
use measure::Error;

use crate::{c, plain_kernel::PlainKernel};

/// How many terms a call gets.
pub const BLOCK: u64 = 4096;

/// One call for each block of 4096 terms: so many that a call costs next to nothing.
pub fn c_per_block<K: Kernel>(
    kernel: &K,
    terms: Range<u64>,
    plain: &mut PlainKernel,
) -> Result<u64, Error> {
    let start = Instant::now();
    // ANCHOR: calls
    let blocks = (0..).map_while(|number| split::block(&terms, BLOCK, number));
    let sum = blocks.map(|block| c::sum(plain, block)).sum();
    // ANCHOR_END: calls
    kernel.record(Event::Summed(Span::mine(terms, start)));
    Ok(sum)
}
