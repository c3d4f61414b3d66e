use std::ops::Range;
use std::time::Instant;

use kernels::{Event, Kernel, Span};
use measure::{Context, Error};

/// The sum of `terms`, as anybody would write it first. And nobody adds.
///
/// The compiler sees that the loop adds 0, 1, 2, ... and knows what comes out: the last number times
/// the number of numbers, halved. It throws the loop away and keeps the formula. A billion terms then
/// take as long as one. The row is right, and its time says nothing about adding: the table
/// calls it `folded`. (The kernel `integers` hides a zero in its terms, and so is really added.)
pub fn folded_loop<K: Kernel>(kernel: &K, terms: Range<u64>, _: &Context) -> Result<u64, Error> {
    let start = Instant::now();
    // ANCHOR: loop
    let mut sum = 0;
    for i in terms.clone() {
        sum += i;
    }
    // ANCHOR_END: loop
    kernel.record(Event::Summed(Span::mine(terms, start)));
    Ok(sum)
}
