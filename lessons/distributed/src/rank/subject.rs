use kernels::{AnyKernel, Kernel, KernelName, Known, Memory};
use measure::Error;

use crate::World;
use crate::part::Part;

/// The kernel that is summed just now, made by every rank for itself.
#[derive(Debug)]
pub enum Subject {
    /// What this rank holds of the numbers of `memory`.
    Part(Part),
    /// Any other kernel. Ranks sum ranges, so an indirect call for each costs nothing.
    Whole(AnyKernel),
}

impl Subject {
    /// The kernel of this name with so many terms. To be called by all ranks together.
    ///
    /// # Errors
    ///
    /// Where the kernel refuses so many terms, or there is not enough memory.
    pub fn new(kernel: KernelName, terms: u64, world: &World) -> Result<Self, Error> {
        if kernel == Memory::NAME {
            return Part::new(terms, world).map(Subject::Part);
        }
        Ok(Subject::Whole(AnyKernel::attach(kernel, terms, None)?))
    }

    /// All numbers of `memory`, on rank 0; elsewhere none.
    pub fn numbers(&self) -> &[u64] {
        match self {
            Subject::Part(kernel) => kernel.all(),
            Subject::Whole(_) => &[],
        }
    }

    /// Whether it is this one.
    pub fn is(&self, kernel: KernelName, terms: u64) -> bool {
        let spec = match self {
            Subject::Part(kernel) => kernel.spec(),
            Subject::Whole(kernel) => kernel.spec(),
        };
        spec.kernel == kernel && spec.terms == terms
    }
}
