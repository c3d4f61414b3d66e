use std::hint::black_box;
use std::sync::{Mutex, MutexGuard, OnceLock};

use kernels::{AnyKernel, AnyKnown, Kernel, Total, Workers};

use crate::lock::locked;
use crate::verdict::KnownAnswer;
use crate::{Capacity, Context, Error, Weights, capacity};

/// A kernel with a number of terms and the known answer: what the rows of a table sum.
#[derive(Debug)]
pub struct Subject {
    kernel: AnyKnown,
    /// The same kernel, without its answer.
    sums: AnyKernel,
    terms: u64,
    answer: Mutex<KnownAnswer>,
    /// What is known so far of how the time is spread over the terms.
    first_weights: Mutex<Weights>,
    /// The same, once that is enough.
    weights: OnceLock<Weights>,
}

/// Whoever cuts the terms into equal parts and forgets the rest forgets fewer than there are workers.
const LONGEST_TAIL: u64 = Workers::MOST as u64;

/// What a sum is, held against the known answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ruling {
    /// It is the known answer.
    Right {
        /// The sum, as it is shown.
        shown: String,
        /// Whether it has the bits of the exact one.
        same_bits: bool,
    },
    /// It is another one, in words and with what to do about it.
    Wrong(String),
}

impl Subject {
    /// The subject of a kernel that has `terms` terms.
    pub fn new(kernel: AnyKnown, terms: u64) -> Self {
        let answer = Mutex::new(KnownAnswer::of(&kernel));
        let sums = kernel.kernel();
        let parts = if kernel.name().is_yours() { terms / sums.grain() } else { u64::MAX };
        let first_weights = Mutex::new(Weights::in_parts(0..terms, parts));
        let weights = OnceLock::new();
        Subject { sums, kernel, terms, answer, first_weights, weights }
    }

    /// The kernel.
    pub fn kernel(&self) -> &AnyKnown {
        &self.kernel
    }

    /// How many terms are summed.
    pub fn terms(&self) -> u64 {
        self.terms
    }

    /// The whole sum by the kernel's own loop on one core: the baseline. The first few calls go part by
    /// part, and so show which terms take longer.
    pub fn sum(&self) -> Total {
        if self.weights.get().is_some() {
            return black_box(&self.sums).sum(black_box(0..self.terms));
        }
        let mut weights = locked(&self.first_weights);
        let sum = weights.pass(&self.sums);
        if weights.is_complete() {
            self.weights.get_or_init(|| weights.clone());
        }
        sum
    }

    /// The control: what the machine gives to the workers of `context` just now, where the baseline takes
    /// `alone` seconds.
    ///
    /// # Errors
    ///
    /// Where the system refuses a thread.
    pub fn control(&self, context: &Context, alone: f64) -> Result<Capacity, Error> {
        let so_far = || locked(&self.first_weights).clone();
        let weights = self.weights.get().cloned().unwrap_or_else(so_far);
        capacity(&self.sums, &weights, context, alone)
    }

    /// Takes the bits of an exact sum for the exact ones, if none are known yet.
    pub fn learn(&self, sum: &Total) {
        self.answer().learn(&self.kernel, sum);
    }

    /// Holds `sum` against the known answer; a strategy that adds `floats` may end in other bits.
    pub fn rule(&self, sum: &Total, floats: bool) -> Ruling {
        if !floats {
            self.learn(sum);
        }
        let answer = self.answer();
        if answer.accepts(&self.kernel, sum, floats) {
            Ruling::Right { shown: self.kernel.show(sum), same_bits: answer.same_bits(sum) }
        } else {
            let off = answer.difference(&self.kernel, sum);
            // It was looked whether they join, but only those of few terms.
            let or = if self.kernel.name().is_yours() {
                ", or `join`, `encode` and `decode` in yours/src/lib.rs"
            } else {
                ""
            };
            Ruling::Wrong(format!("the sum is {off}; fix the code of this strategy{or}"))
        }
    }

    /// How far a wrong `sum` is off, in words: `3 too small`.
    pub fn off(&self, sum: &Total) -> String {
        self.answer().difference(&self.kernel, sum)
    }

    /// The last few terms, in words, if `sum` is exactly the sum of those before them: `the last 3 terms,
    /// 100,000..100,003`.
    pub fn missing_tail(&self, sum: &Total) -> Option<String> {
        let missing = self.sum().number()?.checked_sub(sum.number()?)?;
        let mut tail = 0;
        let first = (self.terms.saturating_sub(LONGEST_TAIL)..self.terms).rev().find(|first| {
            tail += self.sums.term(*first).number().unwrap_or_default();
            missing == tail
        })?;
        let terms = match self.terms - first {
            1 => "term".to_owned(),
            several => format!("{} terms", units::grouped(several)),
        };
        Some(format!("the last {terms}, {}..{}", units::grouped(first), units::grouped(self.terms)))
    }

    fn answer(&self) -> MutexGuard<'_, KnownAnswer> {
        locked(&self.answer)
    }
}
