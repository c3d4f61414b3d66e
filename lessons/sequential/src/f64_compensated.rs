use std::ops::Range;
use std::time::Instant;

use kernels::{Event, Kernel, Known, Pi, Span};
use measure::{Context, Error};

/// The terms of `pi` as floats, with a second sum for what each addition rounded away.
///
/// After `total = sum + term`, the part of the smaller number that was lost can be computed exactly:
/// it is `(larger - total) + smaller`. These parts are added on the side and put back at the end. The
/// idea is Kahan's; this form is Neumaier's, of 1974. Python's `sum` does this since version 3.12.
///
/// # Errors
///
/// Where `terms` are not those of `pi`.
pub fn f64_compensated<K: Kernel>(
    kernel: &K,
    terms: Range<u64>,
    _: &Context,
) -> Result<u64, Error> {
    let pi = Pi::new(kernel.spec().terms)?;
    let start = Instant::now();
    // ANCHOR: lost
    let (mut sum, mut lost) = (0.0_f64, 0.0);
    for i in terms.clone() {
        let term = pi.float_term(i);
        let total = sum + term;
        // Every term is positive, so after the first one the sum is the larger of the two.
        lost += if sum >= term { (sum - total) + term } else { (term - total) + sum };
        sum = total;
    }
    // ANCHOR_END: lost
    kernel.record(Event::Summed(Span::mine(terms, start)));
    Ok(pi.fixed(sum + lost))
}
