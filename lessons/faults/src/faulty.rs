use std::ops::Range;

use kernels::{Event, Kernel, Partial, Spec, Workers, split};

use crate::Fault;

/// A kernel whose worker misbehaves once it comes to a certain term.
///
/// The strategies run on it as they are: they know nothing of faults.
#[derive(Debug, Clone)]
pub struct Faulty<K> {
    kernel: K,
    fault: Fault,
    at: u64,
}

impl<K: Kernel> Faulty<K> {
    /// The kernel `kernel` with `fault` in the middle of the last worker's range.
    ///
    /// ```
    /// use faults::{Fault, Faulty};
    /// use kernels::{Integers, Known};
    /// use kernels::{Kernel, Workers};
    ///
    /// let lying = Faulty::new(Integers::new(101)?, Fault::Lie, 101, Workers::ONE);
    /// assert_eq!(lying.sum(0..101), 5051);
    /// # Ok::<(), measure::Error>(())
    /// ```
    pub fn new(kernel: K, fault: Fault, terms: u64, workers: Workers) -> Self {
        let at = last_range(terms, workers).map_or(0, |(_, last)| split::halves(&last).0.end);
        Faulty { kernel, fault, at }
    }
}

/// The last worker that has something to sum, and its range; `None` where nobody has.
pub(crate) fn last_range(terms: u64, workers: Workers) -> Option<(usize, Range<u64>)> {
    let terms = 0..terms;
    let ranges = split::ranges(&terms, workers).enumerate();
    ranges.filter(|(_, range)| !range.is_empty()).last()
}

impl<K: Kernel> Kernel for Faulty<K> {
    type Partial = K::Partial;

    fn sum(&self, range: Range<u64>) -> K::Partial {
        if !range.contains(&self.at) {
            return self.kernel.sum(range);
        }
        let before = self.kernel.sum(range.start..self.at);
        self.fault.commit();
        let after = self.kernel.sum(self.at..range.end);
        let sum = before + after;
        match self.fault {
            Fault::Lie => K::Partial::of(&processes::Fault::falsified(sum.erased())),
            _ => sum,
        }
    }

    fn term(&self, i: u64) -> K::Partial {
        self.sum(i..i + 1)
    }

    fn grain(&self) -> u64 {
        self.kernel.grain()
    }

    fn spec(&self) -> Spec {
        self.kernel.spec()
    }

    fn record(&self, event: Event) {
        self.kernel.record(event);
    }

    fn decode(&self, bytes: &[u8]) -> Option<K::Partial> {
        self.kernel.decode(bytes)
    }
}
