use std::ops::Range;
use std::time::Instant;

use kernels::{Event, Kernel, Span};
use measure::Error;

use crate::bridge::sums;
use crate::work::{Work, part};

/// One call for all terms, to C++: the same loops, through a bridge that checks the types on both sides.
pub fn cxx_whole<K: Kernel>(kernel: &K, terms: Range<u64>, work: &mut Work) -> Result<u64, Error> {
    let start = Instant::now();
    let sum = match work {
        Work::Integers { mask } => sums::integers(terms.start, terms.end, *mask),
        Work::Memory(numbers) => sums::memory(part(numbers, &terms)),
        Work::Pi { step, four } => sums::pi(terms.start, terms.end, *step, *four),
        Work::Primes => sums::primes(terms.start, terms.end),
    };
    kernel.record(Event::Summed(Span::mine(terms, start)));
    Ok(sum)
}
