use std::ops::Range;
use std::time::Instant;

use kernels::{Event, Kernel, Known, Pi, Span};
use measure::{Context, Error};

/// The terms of `pi` as floats, added one after the other.
///
/// Each addition rounds to 53 bits. The sum soon is much larger than the next term, so more and more
/// of each term is lost, and the errors add up. The loop is slow, too: another order would
/// be another answer, so the compiler may not reorder it, and each addition waits for the last.
///
/// # Errors
///
/// Where `terms` are not those of `pi`.
pub fn f64_in_order<K: Kernel>(kernel: &K, terms: Range<u64>, _: &Context) -> Result<u64, Error> {
    let pi = Pi::new(kernel.spec().terms)?;
    let start = Instant::now();
    let mut sum = 0.0;
    for i in terms.clone() {
        sum += pi.float_term(i);
    }
    kernel.record(Event::Summed(Span::mine(terms, start)));
    Ok(pi.fixed(sum))
}
