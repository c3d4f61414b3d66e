use std::ops::Range;
use std::time::Instant;

use kernels::{Event, Kernel, Span};
use measure::Error;

use crate::plain_kernel::{PlainKernel, part};

/// One call for all terms, within Rust: a loop of the library `summing`, which C can call as well.
///
/// It is compiled for any processor of its architecture, as the C is. Hold the rows below against this one,
/// not against the baseline, which may use wider instructions.
pub fn rust<K: Kernel>(
    kernel: &K,
    terms: Range<u64>,
    plain: &mut PlainKernel,
) -> Result<u64, Error> {
    let start = Instant::now();
    let sum = match plain {
        PlainKernel::Integers { mask } => summing::integers(terms.start, terms.end, *mask),
        PlainKernel::Memory(numbers) => summing::memory(part(numbers, &terms)),
        PlainKernel::Pi { step, four } => summing::pi(terms.clone(), *step, *four),
        PlainKernel::Primes => summing::primes(terms.clone()),
    };
    kernel.record(Event::Summed(Span::mine(terms, start)));
    Ok(sum)
}
