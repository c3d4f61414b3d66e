//! Is a strategy right at all? Asked before it is timed, where a wrong answer costs nothing yet.
//!
//! Every default number of terms is round, and so divides well: a strategy that forgets the rest would pass.
//! And a race that loses an addition once in a million runs would pass, too. So each strategy first sums
//! awkward numbers of terms by awkward numbers of workers, and then many small sums [under
//! stress](Shaken).

mod backlog;
mod joins;
mod place;
mod rendezvous;
mod shaken;
mod subjects;

use std::sync::Arc;
use std::time::{Duration, Instant};

use kernels::{AnyKernel, Total, Workers};
use rng::Rng;

pub use joins::{LONGEST_CHECK, joins, joins_within, your_kernel};
pub use shaken::Shaken;
pub use subjects::Subjects;

use crate::audit::second_look;
use crate::{Complaint, Error, Ruling, Setup, Strategy, Subject, TimeLimit};

/// Numbers of terms that divide badly, the most telling first: what each strategy sums before it is timed.
pub const TERMS: [u64; 7] = [100_003, 1000, 5, 3, 2, 1, 0];

/// Numbers of workers that divide badly.
const WORKERS: [usize; 5] = [1, 2, 3, 5, 7];

/// A row that pays for every term is given no more.
const TERMS_OF_A_SLOW_ROW: u64 = 1000;

/// Many sums under stress.
#[derive(Debug, Clone, Copy)]
struct Stress {
    terms: u64,
    workers: usize,
    /// How often two workers should come out of the kernel together, in all sums.
    meetings: u32,
    /// The longest that all sums may take: on a busy machine workers meet rarely.
    longest: Duration,
}

/// All divide well, so that the workers ask equally often; what divides badly was summed before. Where few workers
/// ask once each, they are an even number: one without a partner would wait in vain in every sum.
const STRESS: [Stress; 3] = [
    Stress { terms: 96, workers: 2, meetings: 40, longest: Duration::from_millis(600) },
    Stress { terms: 96, workers: 4, meetings: 12, longest: Duration::from_millis(60) },
    Stress { terms: 63, workers: 7, meetings: 8, longest: Duration::from_millis(60) },
];

/// So many sums if no two workers met in them.
const SUMS: usize = 20;

/// So many sums if one thread makes them all: nobody is there to be met.
const SUMS_OF_ONE: usize = 4;

/// After a wrong sum: how many more are tried, to see whether the answer changes.
const SECOND_LOOKS: usize = 50;

/// How thoroughly the strategies of a table can be checked before they are timed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reach {
    /// Workers are threads of this process: all numbers of terms and workers, and stress.
    Threads,
    /// Workers take long to start, and no disturbance reaches them: those that are to be timed, and outlive one
    /// sum, first sum all [numbers of terms](TERMS).
    Processes,
}

/// What all strategies of a table are checked on.
#[derive(Debug, Clone)]
pub struct Check {
    /// What is summed.
    pub subjects: Arc<Subjects>,
    /// No strategy sums more terms than this: so many are affordable.
    pub most_terms: u64,
    /// Whether the table has rows of several workers.
    pub parallel: bool,
    /// Where the disturbances of the stress begin.
    pub seed: u64,
    /// The longest that the check of one strategy may take.
    pub limit: Duration,
}

impl Check {
    /// Checks the strategy that `make` gives, on a thread of its own: where the strategy never comes back,
    /// the thread is given up. `None`: nothing speaks against it. For [workers that are threads](Reach).
    pub fn complaint(
        &self,
        title: &str,
        setup: &Setup,
        make: impl FnOnce() -> Strategy<AnyKernel> + Send + 'static,
    ) -> Option<Complaint> {
        let limit = Arc::new(TimeLimit::new(self.limit).noticing_deadlocks());
        let theirs = (self.clone(), setup.clone(), Arc::clone(&limit), title.to_owned());
        let checked = limit.watch(move || {
            let (check, setup, limit, title) = theirs;
            let cancellation = setup.cancellation().child();
            let setup = setup.with_cancellation(cancellation.clone());
            limit.run(&title, &cancellation, || check.fault(&make(), &setup))
        });
        match checked.and_then(|fault| fault) {
            Ok(fault) => fault
                .map(|fault| Complaint::Wrong(format!("{fault}; fix the code of this strategy"))),
            Err(error) => Some(Complaint::of(&error)),
        }
    }

    /// What is wrong with the sums of `strategy`, in words.
    fn fault(
        &self,
        strategy: &Strategy<AnyKernel>,
        setup: &Setup,
    ) -> Result<Option<String>, Error> {
        match self.awkward(strategy, setup)? {
            None => self.stressed(strategy, setup),
            fault => Ok(fault),
        }
    }

    /// What is wrong with the sums of awkward numbers of terms by awkward numbers of workers, in words; made on the
    /// calling thread.
    ///
    /// # Errors
    ///
    /// Those of the strategy.
    pub fn awkward(
        &self,
        strategy: &Strategy<AnyKernel>,
        setup: &Setup,
    ) -> Result<Option<String>, Error> {
        let several = self.several(strategy);
        let all_workers = if several { &WORKERS[..] } else { &WORKERS[..1] };
        for terms in TERMS {
            if terms > self.most_terms || strategy.per_term && terms > TERMS_OF_A_SLOW_ROW {
                continue;
            }
            // Grains so small that the terms are shared, and no more ranges than workers can want.
            let trial = self.trial(strategy, setup, terms, (terms / 64).max(1))?;
            for &workers in all_workers {
                let sums = if strategy.is_pool { 2 } else { 1 };
                if let Some(fault) = trial.awkward(count(workers), sums)? {
                    return Ok(Some(self.seeded(&fault)));
                }
            }
        }
        Ok(None)
    }

    /// What is wrong with one of many small sums under stress, in words; made on the calling thread.
    ///
    /// # Errors
    ///
    /// Those of the strategy.
    pub fn stressed(
        &self,
        strategy: &Strategy<AnyKernel>,
        setup: &Setup,
    ) -> Result<Option<String>, Error> {
        if self.several(strategy) {
            let mut seeds = Rng::new(self.seed);
            for stress in STRESS {
                let trial = self.trial(strategy, setup, stress.terms, 1)?;
                if let Some(fault) = trial.stressed(stress, seeds.bits())? {
                    return Ok(Some(self.seeded(&fault)));
                }
            }
        }
        Ok(None)
    }

    fn several(&self, strategy: &Strategy<AnyKernel>) -> bool {
        self.parallel && !strategy.alone
    }

    /// The fault, with what it takes to see it again.
    fn seeded(&self, Fault { text, run }: &Fault) -> String {
        format!("{text} ({run}, --seed {})", self.seed)
    }

    fn trial<'t>(
        &self,
        strategy: &'t Strategy<AnyKernel>,
        setup: &'t Setup,
        terms: u64,
        grain: u64,
    ) -> Result<Trial<'t>, Error> {
        Ok(Trial { strategy, setup, subject: self.subjects.of(terms)?, grain })
    }
}

/// What is wrong with a sum.
struct Fault {
    text: String,
    /// `1,000 terms by 3 workers`.
    run: String,
}

fn count(workers: usize) -> Workers {
    Workers::new(workers).expect("a small number")
}

/// One strategy on one number of terms.
struct Trial<'t> {
    strategy: &'t Strategy<AnyKernel>,
    setup: &'t Setup,
    subject: Arc<Subject>,
    grain: u64,
}

impl Trial<'_> {
    /// Some sums in peace.
    fn awkward(&self, workers: Workers, sums: usize) -> Result<Option<Fault>, Error> {
        let kernel = AnyKernel::new(Shaken::calm(self.kernel(), self.grain));
        let context = self.setup.context(workers);
        let mut sum = self.strategy.start(&kernel, &context)?;
        for done in 0..sums {
            let total = sum(&kernel, 0..self.subject.terms())?.sum;
            if !self.is_right(&total) {
                drop(sum);
                let text = self.explained(workers, &total, done == 0)?;
                return Ok(Some(Fault { text, run: self.run(workers) }));
            }
        }
        Ok(None)
    }

    /// Many sums under stress.
    fn stressed(&self, stress: Stress, seed: u64) -> Result<Option<Fault>, Error> {
        let workers = count(stress.workers);
        let end = Instant::now() + stress.longest;
        let shaken = Shaken::new(self.kernel(), self.grain, seed, end);
        let kernel = AnyKernel::new(shaken.clone());
        let context = self.setup.context(workers);
        let mut sum = self.strategy.start(&kernel, &context)?;
        let terms = self.subject.terms();
        let mut together = false;
        for done in 0.. {
            shaken.begin();
            let total = sum(&kernel, 0..terms)?.sum;
            together |= shaken.askers() > 1;
            if !self.is_right(&total) {
                // All sums before this one were right.
                let mut other = (done > 0).then(|| self.subject.sum());
                for _ in 0..SECOND_LOOKS {
                    if other.is_some() {
                        break;
                    }
                    let again = sum(&kernel, 0..terms)?.sum;
                    other = (again != total).then_some(again);
                }
                drop(sum);
                let text = match other {
                    Some(other) => self.race(&other, &total),
                    None => self.explained(workers, &total, true)?,
                };
                return Ok(Some(Fault { text, run: self.run(workers) }));
            }
            let met = shaken.meetings();
            let sums = if together { SUMS } else { SUMS_OF_ONE };
            let in_vain = met == 0 && done + 1 >= sums;
            if met >= stress.meetings || in_vain || Instant::now() > end {
                break;
            }
        }
        Ok(None)
    }

    /// Why `wrong` is wrong, from another sum that is audited. That one is the first of its workers; was `wrong`,
    /// too?
    fn explained(&self, workers: Workers, wrong: &Total, was_first: bool) -> Result<String, Error> {
        let kernel = Shaken::calm(self.kernel(), self.grain);
        let context = self.setup.context(workers);
        let (again, fault) = second_look(self.strategy, kernel, &self.subject, &context)?;
        if again != *wrong {
            let (one, other) = (self.show(&again), self.show(wrong));
            return Ok(if workers == Workers::ONE {
                format!(
                    "two sums of the same code were {one} and {other}: something of one sum is left for the next"
                )
            } else if was_first && self.is_right(&again) {
                self.race(&again, wrong)
            } else {
                format!(
                    "two sums of the same code were {one} and {other}: either a race condition, or something of \
                     one sum is left for the next"
                )
            });
        }
        Ok(fault.unwrap_or_else(|| format!("the sum is {}", self.subject.off(wrong))))
    }

    fn race(&self, one: &Total, other: &Total) -> String {
        let (one, other) = (self.show(one), self.show(other));
        format!("a race condition: two sums of the same code were {one} and {other}")
    }

    fn show(&self, sum: &Total) -> String {
        self.subject.kernel().show(sum)
    }

    fn kernel(&self) -> AnyKernel {
        self.subject.kernel().kernel()
    }

    fn is_right(&self, sum: &Total) -> bool {
        matches!(self.subject.rule(sum, self.strategy.floats), Ruling::Right { .. })
    }

    fn run(&self, workers: Workers) -> String {
        let terms = units::count(self.subject.terms(), "term");
        format!("{terms} by {}", units::count(workers.get() as u64, "worker"))
    }
}

#[cfg(test)]
mod tests;
