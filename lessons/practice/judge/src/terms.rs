use std::fmt;
use std::ops::Range;

use kernels::{AnyKernel, Event, Kernel};

/// Terms to sum, numbered from 0.
///
/// What a term is does not matter to whoever shares them: a number, a division, a number that may be a prime. A clone is
/// a handle to the same terms and costs next to nothing.
#[derive(Clone)]
pub struct Terms {
    kernel: AnyKernel,
    /// Which of the kernel's terms these are.
    range: Range<u64>,
}

impl Terms {
    pub(crate) fn new(kernel: AnyKernel, range: Range<u64>) -> Self {
        Terms { kernel, range }
    }

    /// How many there are.
    pub fn count(&self) -> u64 {
        self.range.end - self.range.start
    }

    /// The sum of the terms in `range`, as fast as one core can.
    ///
    /// # Panics
    ///
    /// Where there are no such terms.
    #[track_caller]
    pub fn sum(&self, range: Range<u64>) -> u64 {
        let count = self.count();
        assert!(
            range.start <= range.end && range.end <= count,
            "the terms {range:?} were asked for, and there are {count}"
        );
        number(self.kernel.sum(self.range.start + range.start..self.range.start + range.end))
    }

    /// Term `number` alone. To sum many like this costs a call for each.
    ///
    /// # Panics
    ///
    /// Where there is no such term.
    #[track_caller]
    pub fn term(&self, number: u64) -> u64 {
        let count = self.count();
        assert!(number < count, "term {number} was asked for, and there are {count}");
        self::number(self.kernel.term(self.range.start + number))
    }

    /// How many terms are worth about 50 microseconds on one core.
    pub fn grain(&self) -> u64 {
        self.kernel.grain().max(1)
    }

    /// To be called by a worker that has just taken work from another.
    pub fn stole(&self) {
        self.kernel.record(Event::ReportsSteals);
        self.kernel.record(Event::Stole);
    }
}

/// What a term is, and which ones these are, is nobody's business.
impl fmt::Debug for Terms {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Terms").field("count", &self.count()).finish_non_exhaustive()
    }
}

fn number(total: kernels::Total) -> u64 {
    total.number().expect("the kernels of exercises add whole numbers")
}
