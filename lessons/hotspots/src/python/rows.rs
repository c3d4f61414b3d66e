use course::Seconds;
use measure::Interval;
use measure::verdict::Verdict;
use serde::{Deserialize, Serialize};

/// One way to run a program, and what it took.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct TimedRow {
    pub(super) strategy: String,
    /// Without the start of Python.
    pub(super) seconds: Option<Seconds>,
    /// How many times the time of `untraced` it took, round by round.
    pub(super) times_untraced: Option<Interval>,
    /// `None`: the answer of a reader's own program is not known.
    pub(super) verdict: Option<Verdict>,
}

impl TimedRow {
    /// A row of these samples; those of `untraced` are from the same rounds.
    pub(super) fn new(
        strategy: &str,
        samples: &[f64],
        untraced: &[f64],
        verdict: Option<Verdict>,
    ) -> Self {
        let ratios: Vec<f64> = samples.iter().zip(untraced).map(|(row, base)| row / base).collect();
        let seconds = |interval| Seconds { interval, samples: samples.to_vec() };
        let right = verdict != Some(Verdict::Wrong);
        TimedRow {
            strategy: strategy.to_owned(),
            seconds: Interval::of(samples).filter(|_| right).map(seconds),
            times_untraced: Interval::of(&ratios).filter(|_| right),
            verdict,
        }
    }

    /// What is wrong with it.
    pub(super) fn complaint(&self) -> Option<String> {
        let wrong = self.verdict == Some(Verdict::Wrong);
        wrong.then(|| {
            format!(
                "{}: the file that it wrote is not the known answer; fix that program",
                self.strategy
            )
        })
    }
}
