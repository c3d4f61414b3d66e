use std::ops::Range;
use std::time::Instant;

use kernels::{Event, Kernel, Span};
use measure::Error;

use crate::{c, plain_kernel::PlainKernel};

/// One call for all terms: C gets the range and gives back the sum.
pub fn c_whole<K: Kernel>(
    kernel: &K,
    terms: Range<u64>,
    plain: &mut PlainKernel,
) -> Result<u64, Error> {
    let start = Instant::now();
    // ANCHOR: call
    let sum = c::sum(plain, terms.clone());
    // ANCHOR_END: call
    kernel.record(Event::Summed(Span::mine(terms, start)));
    Ok(sum)
}
