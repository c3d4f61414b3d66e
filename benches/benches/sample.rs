//! One sample of a strategy, with the baseline and the control right beside it.

use std::hint::black_box;
use std::time::Duration;

use benches::order::{Step, steps};
use benches::results::{Measured, Question};
use kernels::{AnyKnown, Kernel, Known, Partial, Workers};
use measure::verdict::KnownAnswer;
use measure::{Context, Error, Strategy, Sum, Weights, capacity, time};
use rng::Rng;

use crate::nothing::Nothing;
use crate::recorder::Pass;

/// A baseline shorter than this is repeated until it is as long.
const SHORTEST: Duration = Duration::from_micros(200);

/// A kernel whose answer is known.
#[derive(Debug)]
pub struct Problem<K: Kernel> {
    pub kernel: K,
    pub terms: u64,
    /// How many of the terms the baseline sums.
    pub baseline_terms: u64,
    right: K::Partial,
    repeats: u32,
    /// How the time of the baseline is spread over its terms.
    weights: Weights,
}

/// What is measured beside a strategy.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Peers {
    /// The best sequential sum.
    Baseline,
    /// That, and what the machine gives to as many workers at once.
    BaselineAndControl,
}

impl<K: Known> Problem<K> {
    /// The kernel with so many terms.
    pub fn new(terms: u64, baseline_terms: u64) -> Result<Self, Error> {
        Self::of(K::new(terms)?, terms, baseline_terms)
    }

    /// A kernel with so many terms. Its sum is checked against the independent answer here, and
    /// every other sum against it.
    pub fn of(kernel: K, terms: u64, baseline_terms: u64) -> Result<Self, Error> {
        let right = kernel.sum(0..terms);
        let known = AnyKnown::new(kernel.clone());
        if !KnownAnswer::of(&known).accepts(&known, &right.clone().erased(), false) {
            return Err(wrong("the kernel's own loop"));
        }
        let (_, once) = time(|| kernel.sum(black_box(0..baseline_terms)));
        let repeats = SHORTEST.as_nanos() / once.as_nanos().max(20);
        let repeats = u32::try_from(repeats + 1).expect("200 us hold few times 20 ns");
        let weights = Weights::timed(&kernel, 0..baseline_terms);
        Ok(Problem { kernel, terms, baseline_terms, right, repeats, weights })
    }

    /// What is measured of `strategy`, without a sample yet.
    pub fn measured(&self, question: Question, strategy: &str, workers: Workers) -> Measured {
        let (terms, baseline_terms) = (self.terms, self.baseline_terms);
        let nothing = Measured::nothing(question, K::NAME.as_str(), strategy, workers.get());
        Measured { terms, baseline_terms, ..nothing }
    }

    /// Makes samples of `strategy`: a closure to hand to the recorder. The workers that stay are
    /// started at its first call, and only then: the id may not be asked for.
    pub fn passes(
        &self,
        strategy: &Strategy<K>,
        workers: Workers,
        beside: Peers,
    ) -> impl FnMut(u64, &mut Rng) -> Result<Pass, Error> {
        let context = Context::new(workers);
        let mut started: Option<Sum<K>> = None;
        let mut last_alone = None;
        let wants_cores = beside == Peers::BaselineAndControl;
        // One worker has one core, by definition.
        let one_core = (wants_cores && workers == Workers::ONE).then_some(1.0);
        let with_control = wants_cores && workers != Workers::ONE;
        move |calls, rng| {
            let sum = match &mut started {
                Some(sum) => sum,
                none => none.insert(strategy.start(&self.kernel, &context)?),
            };
            let mut pass = Pass { cores: one_core, ..Pass::default() };
            // What the machine gave, in sums a second: its unit, one core alone, may still come.
            let mut given = None;
            for step in steps(with_control, last_alone.is_none(), rng) {
                match step {
                    Step::Baseline => pass.alone = Some(*last_alone.insert(self.alone())),
                    Step::Control => {
                        let alone = last_alone.expect("the first sample begins with the baseline");
                        let capacity = capacity(&self.kernel, &self.weights, &context, alone)?;
                        given = Some(capacity.cores() / alone);
                    }
                    Step::Strategy => pass.time = self.timed(calls, &strategy.name, sum)?,
                }
            }
            let cores = given.zip(pass.alone).map(|(given, alone)| given * alone);
            Ok(Pass { cores: cores.or(pass.cores), ..pass })
        }
    }

    /// Seconds of one sum by one core at its best.
    fn alone(&self) -> f64 {
        let ((), elapsed) = time(|| {
            for _ in 0..self.repeats {
                black_box(black_box(&self.kernel).sum(black_box(0..self.baseline_terms)));
            }
        });
        elapsed.as_secs_f64() / f64::from(self.repeats)
    }
}

impl<K: Kernel> Problem<K> {
    /// The time of so many calls, each of which must give the right sum.
    pub fn timed(&self, calls: u64, name: &str, sum: &mut Sum<K>) -> Result<Duration, Error> {
        let (right, elapsed) = time(|| {
            for _ in 0..calls {
                let total = sum(black_box(&self.kernel), black_box(0..self.terms))?.sum;
                if total != self.right {
                    return Err(wrong(name));
                }
            }
            Ok(())
        });
        right.map(|()| elapsed)
    }

    /// Whether `sum` is the right one.
    pub fn is_right(&self, sum: &K::Partial) -> bool {
        *sum == self.right
    }
}

impl Problem<Nothing> {
    /// A sum of so many terms that are nothing.
    pub fn nothing(terms: u64) -> Self {
        let weights = Weights::timed(&Nothing, 0..terms);
        Problem { kernel: Nothing, terms, baseline_terms: 0, right: 0, repeats: 1, weights }
    }
}

/// A sum that is not the known answer.
pub fn wrong(who: &str) -> Error {
    Error::Worker {
        worker: who.to_owned(),
        cause: "its sum is not the known answer".to_owned(),
        remedy: "fix the code of this strategy",
    }
}
