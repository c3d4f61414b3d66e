use std::ops::Range;
use std::time::Instant;

use kernels::{Event, Kernel, Span};
use measure::Error;

/// The plain loop in Rust, built for the same instructions as the extensions: not the widest that this
/// processor has, but those that every processor of its kind has.
pub fn rust<K: Kernel>(kernel: &K, terms: Range<u64>, numbers: &mut Numbers) -> Result<u64, Error> {
    let start = Instant::now();
    let sum = match numbers {
        Numbers::Counted => summing::integers(terms.start, terms.end, std::hint::black_box(0)),
        Numbers::Read(memory) => {
            summing::memory(&memory.all()[terms.start as usize..terms.end as usize])
        }
    };
    kernel.record(Event::Summed(Span::mine(terms, start)));
    Ok(sum)
}

/// Where the terms come from.
#[derive(Debug)]
pub enum Numbers {
    /// They are counted.
    Counted,
    /// They lie in memory.
    Read(kernels::Memory),
}

impl Numbers {
    /// Those of a kernel.
    ///
    /// # Errors
    ///
    /// Where the system refuses memory.
    pub fn of<K: Kernel>(kernel: &K) -> Result<Self, Error> {
        use kernels::{Home, Known, Memory};
        let spec = kernel.spec();
        Ok(match (spec.kernel, spec.data) {
            (Memory::NAME, Some(file)) => Numbers::Read(Memory::attach(spec.terms, Some(file))?),
            (Memory::NAME, None) => Numbers::Read(Memory::with_home(spec.terms, Home::Private)?),
            _ => Numbers::Counted,
        })
    }
}
