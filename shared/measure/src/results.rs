use std::collections::BTreeMap;
use std::ops::Range;
use std::time::{Duration, Instant};

use kernels::Workers;

use crate::Error;
use crate::audit::Audit;
use crate::verdict::Verdict;

/// How long to measure.
#[derive(Debug, Clone, Copy)]
pub struct Plan {
    /// How many rounds; `None`: as many as steady medians need before `until`.
    pub rounds: Option<usize>,
    /// When the measuring should be over.
    pub until: Instant,
}

/// Six rounds at least make an interval; more than forty change little.
const ENOUGH_ROUNDS: Range<usize> = 6..40;

impl Plan {
    /// Whether `done` rounds are enough: they began at `begin`, one more takes as long as `round`, and
    /// `steady` says whether all medians are sure.
    pub fn is_over(
        &self,
        done: usize,
        begin: Instant,
        round: Duration,
        steady: impl FnOnce() -> bool,
    ) -> bool {
        let next_round_ends = Instant::now() + round;
        match self.rounds {
            Some(rounds) => done >= rounds,
            // The rounds that an interval needs may take half as long again.
            None if done < ENOUGH_ROUNDS.start => {
                let grace = self.until.saturating_duration_since(begin) / 2;
                next_round_ends > self.until + grace
            }
            None => next_round_ends > self.until || done >= ENOUGH_ROUNDS.end || steady(),
        }
    }
}

/// Everything that was measured so far. Plain data: also readable while a row is stuck.
#[derive(Debug, Clone, Default)]
pub struct Results {
    /// Seconds of the baseline, round by round.
    pub baseline: Vec<f64>,
    /// Cores given to this many workers, round by round.
    pub controls: BTreeMap<Workers, Vec<f64>>,
    /// One entry per strategy and worker count.
    pub rows: Vec<Measured>,
}

/// What is known of one strategy at one worker count.
#[derive(Debug, Clone)]
pub struct Measured {
    /// The strategy.
    pub strategy: String,
    /// ` on memory`, say, where the kernel is not the run's own.
    place: String,
    /// How many workers it was given.
    pub workers: Workers,
    /// How many terms it summed.
    pub terms: u64,
    /// Seconds, round by round.
    pub seconds: Vec<f64>,
    /// CPU seconds of this process, round by round.
    pub cpu_seconds: Vec<f64>,
    /// Speedups over the baseline of the same round.
    pub speedups: Vec<f64>,
    /// Shares of the control of the same round.
    pub shares: Vec<f64>,
    /// How long its standing workers took to start.
    pub start: Option<Duration>,
    /// The sum, as it is shown.
    pub sum: Option<String>,
    /// Whether all sums had the bits of the exact one.
    pub same_bits: bool,
    /// How often a lost range was given to another worker, in all its runs.
    pub retries: u32,
    /// Its audited run.
    pub audit: Option<Audit>,
    /// The judgement, `None` as long as nothing speaks against it.
    pub verdict: Option<Verdict>,
    /// Why, if there is something to say.
    pub note: Option<String>,
    /// The exit code that this row asks for.
    pub exit_code: u8,
}

impl Measured {
    pub(super) fn new(strategy: &str, workers: Workers, terms: u64, place: &str) -> Self {
        Measured {
            strategy: strategy.to_owned(),
            place: place.to_owned(),
            workers,
            terms,
            seconds: Vec::new(),
            cpu_seconds: Vec::new(),
            speedups: Vec::new(),
            shares: Vec::new(),
            start: None,
            sum: None,
            same_bits: true,
            retries: 0,
            audit: None,
            verdict: None,
            note: None,
            exit_code: 0,
        }
    }

    /// How the row is called in messages.
    pub fn title(&self) -> String {
        let plural = if self.workers == Workers::ONE { "" } else { "s" };
        format!("{} with {} worker{plural}{}", self.strategy, self.workers, self.place)
    }

    /// Notes an error; the first one stands. A row that needs what this machine lacks has not failed.
    pub fn fail(&mut self, error: &Error) {
        if self.verdict.is_none() {
            let missing = matches!(error, Error::Missing { .. });
            self.verdict = Some(if missing { Verdict::Skipped } else { Verdict::Failed });
            self.note = Some(error.to_string());
            self.exit_code = if missing { 0 } else { error.exit_code() };
        }
    }

    pub(super) fn wrong(&mut self, why: &str) {
        if self.verdict.is_none() {
            self.verdict = Some(Verdict::Wrong);
            self.note = Some(why.to_owned());
            self.exit_code = 1;
        }
    }
}
