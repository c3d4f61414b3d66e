mod audited;
mod counted;
mod places;
mod target;
mod timed;

use std::fmt;
use std::ops::Range;
use std::sync::Arc;
use std::time::{Duration, Instant};

use kernels::{AnyKernel, AnyKnown, Home, Kernel, KernelName, Total};
use measure::check::{Check, Subjects};
use measure::{Context, Error, Setup};

use self::audited::threads_left;
use self::target::Target;
use crate::{Rule, Rules, Stage, Terms, Trial, wire};

/// A way to share terms among so many workers.
type Sum = Arc<dyn Fn(&Terms, usize) -> u64 + Send + Sync>;

/// All that is asked of a way to share terms: that it is right, also under stress, what an audit has to show, and how fast
/// it has to be.
#[must_use = "a strategy is a part of rules"]
pub struct Strategy {
    sum: Sum,
    solution: Sum,
    skeleton: Sum,
    kernel: KernelName,
    workers: usize,
    terms: Option<u64>,
    few_terms: bool,
    alone_at_first: bool,
    rules: Vec<Rule>,
    target: Option<Target>,
}

/// Under audit the terms are worth so many grains of 50 microseconds.
const GRAINS: u64 = 400;

/// So many seeds are tried under stress, and for no longer than this.
const SEEDS: u64 = 20;
const LONGEST_STRESS: Duration = Duration::from_millis(1200);

/// More threads than this, left behind by all sums of a check, disturb what is judged next.
const MOST_LEFT: usize = 10;

impl Strategy {
    /// The attempt, the exercise's solution and its skeleton; see the macro [`strategy!`](crate::strategy).
    pub fn new(
        attempt: impl Fn(&Terms, usize) -> u64 + Send + Sync + 'static,
        solution: impl Fn(&Terms, usize) -> u64 + Send + Sync + 'static,
        skeleton: impl Fn(&Terms, usize) -> u64 + Send + Sync + 'static,
    ) -> Self {
        Strategy {
            sum: Arc::new(attempt),
            solution: Arc::new(solution),
            skeleton: Arc::new(skeleton),
            kernel: "integers".parse().expect("one of the kernels"),
            workers: 3,
            terms: None,
            few_terms: false,
            alone_at_first: false,
            rules: Vec::new(),
            target: None,
        }
    }

    /// The same on another kernel: `integers`, `memory`, `pi` or `primes`.
    ///
    /// # Panics
    ///
    /// Where there is no such kernel.
    pub fn on(self, kernel: &str) -> Self {
        Strategy { kernel: kernel.parse().expect("one of the kernels"), ..self }
    }

    /// The same with so many workers under audit, and not three.
    pub fn workers(self, workers: usize) -> Self {
        Strategy { workers, ..self }
    }

    /// The same with so many terms under audit and under the clock.
    pub fn terms(self, terms: u64) -> Self {
        Strategy { terms: Some(terms), ..self }
    }

    /// The same for a way that pays for each term: it is given no more than a thousand before it is timed.
    pub fn per_term(self) -> Self {
        Strategy { few_terms: true, ..self }
    }

    /// The same, which only one worker is asked for until it is under stress. For an exercise that is about a race
    /// condition: it must not show itself once in a while before that.
    pub fn alone_at_first(self) -> Self {
        Strategy { alone_at_first: true, ..self }
    }

    /// The same with one rule more.
    pub fn rule(mut self, rule: Rule) -> Self {
        self.rules.push(rule);
        self
    }

    /// The same, which has to reach this share of what the machine gave to as many independent workers.
    pub fn share_of_capacity(self, least: f64) -> Self {
        Strategy { target: Some(Target::Capacity(least)), ..self }
    }

    /// The same, which has to reach this share of what equal ranges can reach: all wait for the slowest core.
    pub fn share_of_even(self, least: f64) -> Self {
        Strategy { target: Some(Target::Even(least)), ..self }
    }

    /// The same, which has to be so many times as fast as the skeleton.
    pub fn times_the_skeleton(self, least: f64) -> Self {
        Strategy { target: Some(Target::Skeleton(least)), ..self }
    }

    pub(crate) fn add_to(self, rules: Rules) -> Rules {
        let this = Arc::new(self);
        let (right, stress, how) = (Arc::clone(&this), Arc::clone(&this), Arc::clone(&this));
        let timed = this.target.is_some();
        let rules = rules
            .right("awkward numbers of terms and workers", move |trial| right.right(trial))
            .stress("many small sums", move |trial| stress.stress(trial))
            .how("an audited sum", move |trial| how.how(trial));
        if timed {
            rules.step(Stage::Fast, "side by side", move |trial| this.fast(trial))
        } else {
            rules
        }
    }

    /// The attempt as the checks of the house know strategies.
    fn of_the_house(&self, trial: &Trial) -> measure::Strategy<AnyKernel> {
        let (sum, stage) = (Arc::clone(&self.sum), trial.stage);
        let start: measure::Start<AnyKernel> = Box::new(move |_, context: &Context| {
            let (sum, workers) = (Arc::clone(&sum), context.workers().get());
            Ok(Box::new(move |kernel: &AnyKernel, range: Range<u64>| {
                // Only what may hang there for the first time is worth a line.
                if stage == Stage::Right {
                    let terms = units::count(range.end, "term");
                    let workers = units::count(workers as u64, "worker");
                    wire::began(stage, format!("{terms} by {workers}"));
                }
                Ok(Total::from(sum(&Terms::new(kernel.clone(), range), workers)).into())
            }))
        });
        let strategy = measure::Strategy::from_data("yours", "", start);
        if self.few_terms { strategy.per_term() } else { strategy }
    }

    fn check(&self, trial: &Trial) -> Check {
        Check {
            subjects: Arc::new(Subjects::new(self.kernel, Home::Private)),
            most_terms: u64::MAX,
            parallel: true,
            seed: trial.seed,
            limit: Duration::MAX,
        }
    }

    fn right(&self, trial: &mut Trial) -> Result<(), String> {
        let check = Check { parallel: !self.alone_at_first, ..self.check(trial) };
        found(check.awkward(&self.of_the_house(trial), &Setup::default())).inspect_err(
            |fault| {
                // It showed early, by luck.
                if fault.contains("a race condition") {
                    trial.stage = Stage::Stress;
                }
            },
        )?;
        let left = trial.threads.map_or(0, threads_left);
        if left > MOST_LEFT {
            return Err(format!(
                "the sums are right, but {left} threads are still there after they were returned"
            ));
        }
        Ok(())
    }

    /// With one seed after the other: a mistake of a few nanoseconds shows in some of them only.
    fn stress(&self, trial: &mut Trial) -> Result<(), String> {
        let begin = Instant::now();
        for number in 0..SEEDS {
            let check = Check { seed: trial.seed.wrapping_add(number), ..self.check(trial) };
            found(check.stressed(&self.of_the_house(trial), &Setup::default()))?;
            if begin.elapsed() > LONGEST_STRESS {
                break;
            }
        }
        Ok(())
    }

    /// How many terms are audited, and timed.
    fn count(&self) -> Result<u64, String> {
        let grain = AnyKnown::with_home(self.kernel, 1, Home::Private)
            .map_err(|error| error.to_string())?;
        Ok(self.terms.unwrap_or(grain.kernel().grain() * GRAINS))
    }
}

/// Writes a [`Strategy`] of the function `$sum` in the attempt, the solution and the skeleton.
#[macro_export]
macro_rules! strategy {
    ($sum:ident) => {
        $crate::Strategy::new(attempt::$sum, solution::$sum, skeleton::$sum)
    };
}

fn found(fault: Result<Option<String>, Error>) -> Result<(), String> {
    match fault {
        Ok(None) => Ok(()),
        Ok(Some(fault)) => Err(fault),
        Err(error) => Err(error.to_string()),
    }
}

impl fmt::Debug for Strategy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Strategy").field("rules", &self.rules).finish_non_exhaustive()
    }
}
