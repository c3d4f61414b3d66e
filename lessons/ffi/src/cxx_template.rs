use std::ops::Range;
use std::time::Instant;

use kernels::{Event, Kernel, Span};
use measure::Error;

use crate::bridge::sums;
use crate::plain_kernel::{PlainKernel, part};

/// The same, to functions that C++ makes from one template: one loop for all kinds of terms.
pub fn cxx_template<K: Kernel>(
    kernel: &K,
    terms: Range<u64>,
    plain: &mut PlainKernel,
) -> Result<u64, Error> {
    let start = Instant::now();
    let sum = match plain {
        PlainKernel::Integers { mask } => sums::any_integers(terms.start, terms.end, *mask),
        PlainKernel::Memory(numbers) => sums::any_memory(part(numbers, &terms)),
        PlainKernel::Pi { step, four } => sums::any_pi(terms.start, terms.end, *step, *four),
        PlainKernel::Primes => sums::any_primes(terms.start, terms.end),
    };
    kernel.record(Event::Summed(Span::mine(terms, start)));
    Ok(sum)
}
