use std::ops::Range;
use std::time::Instant;

use kernels::{Event, Kernel, Known, Pi, Span, split};
use measure::{Context, Error};

/// The terms of `pi` as floats, each half added on its own, and so on down to small blocks.
///
/// Both halves are about the same size, so little is lost when they are added. A term goes through
/// as many additions as there are levels: some 20 for a hundred million terms, not a hundred million. This
/// is how NumPy adds.
///
/// # Errors
///
/// Where `terms` are not those of `pi`.
pub fn f64_pairwise<K: Kernel>(kernel: &K, terms: Range<u64>, _: &Context) -> Result<u64, Error> {
    let pi = Pi::new(kernel.spec().terms)?;
    let start = Instant::now();
    let sum = pairwise(&pi, terms.clone());
    kernel.record(Event::Summed(Span::mine(terms, start)));
    Ok(pi.fixed(sum))
}

// ANCHOR: halves
fn pairwise(pi: &Pi, range: Range<u64>) -> f64 {
    const BLOCK: u64 = 128;
    if split::len(&range) <= BLOCK {
        return range.map(|i| pi.float_term(i)).sum();
    }
    let (left, right) = split::halves(&range);
    pairwise(pi, left) + pairwise(pi, right)
}
// ANCHOR_END: halves
