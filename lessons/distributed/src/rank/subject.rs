use std::ops::Range;

use kernels::{AnyKernel, Event, Kernel, KernelName, Known, Memory, Spec};
use measure::Error;

use crate::World;
use crate::part::Part;

/// The kernel that is summed just now, made by every rank for itself.
#[derive(Debug)]
pub enum Subject {
    /// What this rank holds of the numbers of `memory`.
    Part(Part),
    /// Any other kernel. Ranks sum ranges, so an indirect call for each costs nothing.
    Whole(Numbers),
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
        Ok(Subject::Whole(Numbers(AnyKernel::attach(kernel, terms, None)?)))
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

/// A kernel whose partials are whole numbers, which MPI knows how to send and to add.
#[derive(Debug, Clone)]
pub struct Numbers(AnyKernel);

const WHOLE: &str = "the lesson refuses kernels whose partials are no whole numbers";

impl Kernel for Numbers {
    type Partial = u64;

    fn sum(&self, range: Range<u64>) -> u64 {
        self.0.sum(range).number().expect(WHOLE)
    }

    fn term(&self, i: u64) -> u64 {
        self.0.term(i).number().expect(WHOLE)
    }

    fn grain(&self) -> u64 {
        self.0.grain()
    }

    fn spec(&self) -> Spec {
        self.0.spec()
    }

    fn record(&self, event: Event) {
        self.0.record(event);
    }
}
