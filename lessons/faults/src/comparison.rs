use serde::{Deserialize, Serialize};

use crate::options::Options;
use crate::outcome::{Ending, Outcome};
use crate::scenario::Scenario;
use crate::{Fault, WorkerKind};

/// Everything that was seen: what the lesson's document holds.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Comparisons {
    kernel: String,
    pub(crate) terms: u64,
    pub(crate) workers: usize,
    pub(crate) timeout_seconds: f64,
    retries: u32,
    pub(crate) runs: Vec<Comparison>,
}

/// One thing that goes wrong, in the code that everyone writes first and in that of this workspace.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Comparison {
    #[serde(rename = "what")]
    pub(crate) scenario: Scenario,
    pub(crate) naive: Outcome,
    pub(crate) careful: Outcome,
}

impl Comparisons {
    pub(crate) fn new(options: &Options, runs: Vec<Comparison>) -> Self {
        Comparisons {
            kernel: "primes".to_owned(),
            terms: options.terms,
            workers: options.workers.main().get(),
            timeout_seconds: options.timeout.as_secs_f64(),
            retries: options.retries,
            runs,
        }
    }
}

impl Comparison {
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
