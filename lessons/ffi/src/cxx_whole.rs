use std::ops::Range;
use std::time::Instant;

use kernels::{Event, Kernel, Span};
use measure::Error;

use crate::bridge::sums;
use crate::plain_kernel::{PlainKernel, part};

/// One call for all terms, to C++: the same loops, through a bridge that checks the types on both sides.
pub fn cxx_whole<K: Kernel>(
    kernel: &K,
    terms: Range<u64>,
    plain: &mut PlainKernel,
) -> Result<u64, Error> {
    let start = Instant::now();
    let sum = match plain {
        PlainKernel::Integers { mask } => sums::integers(terms.start, terms.end, *mask),
        PlainKernel::Memory(numbers) => sums::memory(part(numbers, &terms)),
        PlainKernel::Pi { step, four } => sums::pi(terms.start, terms.end, *step, *four),
        PlainKernel::Primes => sums::primes(terms.start, terms.end),
    };
    kernel.record(Event::Summed(Span::mine(terms, start)));
    Ok(sum)
}
