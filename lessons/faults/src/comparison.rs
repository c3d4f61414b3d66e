use std::time::Duration;

use kernels::KernelName;
use serde::{Deserialize, Serialize};

use crate::options::Options;
use crate::outcome::{Ending, Outcome};
use crate::scenario::Scenario;
use crate::{Fault, WorkerKind};

/// Everything that was seen: what the lesson's document holds.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Comparisons {
    pub(crate) kernel: KernelName,
    pub(crate) terms: u64,
    pub(crate) workers: usize,
    /// When a run under a fault was ended.
    pub(crate) timeout_seconds: f64,
    retries: u32,
    pub(crate) runs: Vec<Comparison>,
}

/// One thing that goes wrong, in careless code and in that of this workspace.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Comparison {
    #[serde(rename = "what")]
    pub(crate) scenario: Scenario,
    /// The careless run that is shown: the first that gave a wrong sum, or else the last.
    pub(crate) careless: Outcome,
    /// How often it ran.
    pub(crate) tries: usize,
    /// How many of these runs gave a wrong sum.
    pub(crate) wrong_tries: usize,
    /// When a run was ended.
    pub(crate) limit_seconds: f64,
    pub(crate) careful: Outcome,
}

impl Comparisons {
    pub(crate) fn new(options: &Options, limit: Duration, runs: Vec<Comparison>) -> Self {
        Comparisons {
            kernel: options.kernel,
            terms: options.terms(),
            workers: options.workers.main().get(),
            timeout_seconds: limit.as_secs_f64(),
            retries: options.retries,
            runs,
        }
    }
}

impl Comparison {
    /// Both versions of `scenario`: all tries of the careless one, of which there is one at least.
    pub(crate) fn new(
        scenario: Scenario,
        limit: Duration,
        mut careless: Vec<Outcome>,
        careful: Outcome,
    ) -> Self {
        let wrong = |outcome: &Outcome| outcome.end == Ending::WrongSum;
        let (tries, wrong_tries) =
            (careless.len(), careless.iter().filter(|outcome| wrong(outcome)).count());
        let shown = careless.iter().position(wrong).unwrap_or(tries - 1);
        Comparison {
            scenario,
            careless: careless.swap_remove(shown),
            tries,
            wrong_tries,
            limit_seconds: limit.as_secs_f64(),
            careful,
        }
    }

    /// Whether the system refused what the careful version needed.
    pub(crate) fn is_refused(&self) -> bool {
        self.careful.exit_code == Some(i32::from(measure::REFUSED))
    }

    /// Whether the careful version did what this workspace promises: the right sum or a clear error.
    /// Threads share the end of their process; that is no broken promise, it is the lesson.
    pub(crate) fn keeps_promise(&self) -> bool {
        if self.is_refused() {
            return true;
        }
        let nothing_left = self.careful.left_behind.is_none_or(|left| left == 0);
        nothing_left
            && match (self.scenario, self.careful.end) {
                (Scenario::Silent(_) | Scenario::Fault(Fault::None, _), end) => {
                    end == Ending::Right
                }
                (_, Ending::Right | Ending::Error) => true,
                (_, Ending::WrongSum) => false,
                (Scenario::Fault(fault, kind), Ending::Died | Ending::Hung) => {
                    let whole_process = [Fault::Exit, Fault::Abort, Fault::Stop];
                    kind != WorkerKind::Processes && whole_process.contains(&fault)
                }
            }
    }
}

#[cfg(test)]
impl Comparisons {
    /// A document that holds these runs.
    pub(crate) fn made_up(runs: Vec<Comparison>) -> Self {
        Comparisons {
            kernel: <kernels::Primes as kernels::Known>::NAME,
            terms: 500_000,
            workers: 2,
            timeout_seconds: 0.5,
            retries: 1,
            runs,
        }
    }
}
