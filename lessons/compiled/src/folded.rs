use std::ops::Range;
use std::time::Instant;

use kernels::{Event, Kernel, Span};
use measure::{Context, Error};

use crate::plain;

/// The same file, optimised: the loop is gone. The compiler knows what comes out, and multiplies.
pub fn folded<K: Kernel>(kernel: &K, terms: Range<u64>, _: &Context) -> Result<u64, Error> {
    let start = Instant::now();
    let sum = plain::sum(terms.end) - plain::sum(terms.start);
    kernel.record(Event::Summed(Span::mine(terms, start)));
    Ok(sum)
}
