use kernels::{Integers, KernelName, Known, Pi, Primes};
use measure::Error;

use crate::World;
use crate::part::Part;

/// The kernel that is summed just now, made by every rank for itself.
#[derive(Debug)]
pub enum Subject {
    /// Additions.
    Integers(Integers),
    /// What this rank holds of the numbers.
    Memory(Part),
    /// Divisions.
    Pi(Pi),
    /// Uneven work.
    Primes(Primes),
}

impl Subject {
    /// The kernel of this name with so many terms. To be called by all ranks together.
    ///
    /// # Errors
    ///
    /// Where the kernel refuses so many terms, or there is not enough memory.
    pub fn new(kernel: KernelName, terms: u64, world: &World) -> Result<Self, Error> {
        Ok(match kernel {
            Integers::NAME => Subject::Integers(Integers::new(terms)?),
            Memory::NAME => Subject::Memory(Part::new(terms, world)?),
            Pi::NAME => Subject::Pi(Pi::new(terms)?),
            Primes::NAME => Subject::Primes(Primes::new(terms)?),
            other => unreachable!("ranks sum no {other}"),
        })
    }

    /// Whether it is this one.
    pub fn is(&self, kernel: KernelName, terms: u64) -> bool {
        use kernels::Kernel;
        let spec = match self {
            Subject::Integers(kernel) => kernel.spec(),
            Subject::Memory(kernel) => kernel.spec(),
            Subject::Pi(kernel) => kernel.spec(),
            Subject::Primes(kernel) => kernel.spec(),
        };
        spec.kernel == kernel && spec.terms == terms
    }
}
