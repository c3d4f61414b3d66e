use std::ops::Range;
use std::time::Instant;

use kernels::{Event, Kernel, Span};
use measure::Error;

use crate::c;
use crate::plain_kernel::{PlainKernel, part};

/// One call for each term: the loop is in Rust, the term in C.
///
/// The compiler of Rust cannot look into a function in C. So it must call it for every single term, and cannot
/// add several at once.
pub fn c_per_term<K: Kernel>(
    kernel: &K,
    terms: Range<u64>,
    plain: &mut PlainKernel,
) -> Result<u64, Error> {
    let start = Instant::now();
    let all = terms.clone();
    let sum = match plain {
        // ANCHOR: calls
        PlainKernel::Integers { mask } => all.map(|i| c::integers_term(i, *mask)).sum(),
        // ANCHOR_END: calls
        PlainKernel::Memory(numbers) => {
            part(numbers, &all).iter().map(|number| c::memory_term(number)).sum()
        }
        PlainKernel::Pi { step, four } => all.map(|i| c::pi_term(i, *step, *four)).sum(),
        PlainKernel::Primes => all.map(|i| c::primes_term(i)).sum(),
    };
    kernel.record(Event::Summed(Span::mine(terms, start)));
    Ok(sum)
}
