use serde::{Deserialize, Serialize};

use crate::{Speed, Stage};

/// What an attempt that is judged reports, one a line.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Event {
    /// A step has begun.
    Began {
        /// What it looks for.
        stage: Stage,
        /// What is done: `cut(100003, 7)`.
        what: String,
    },
    /// Somebody panicked, for the first time in this step.
    Panicked(String),
    /// That was the last step.
    Over(Box<Verdict>),
}

/// What there is to say of an attempt.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Verdict {
    /// What does not hold, if anything.
    pub failure: Option<Failure>,
    /// What holds, in order.
    pub passed: Vec<Stage>,
    /// Whether it is fast enough, where that is asked and could be asked.
    pub speed: Option<Speed>,
    /// The times behind that.
    pub rows: Vec<Row>,
    /// What their speedups compare them with: `one core`.
    pub against: String,
    /// Who summed when, in the audited run.
    pub lanes: Vec<Lane>,
    /// What it takes to see the same again.
    pub seed: u64,
}

/// What does not hold.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Failure {
    /// What was looked for.
    pub stage: Stage,
    /// What was seen instead, in words.
    pub text: String,
    /// What to do about it, whatever the exercise is.
    pub remedy: String,
}

impl Failure {
    /// A failure at this stage, with the remedy that goes with it.
    pub fn new(stage: Stage, text: impl Into<String>) -> Self {
        let text = text.into();
        let remedy = if text.contains("panicked at") && stage != Stage::Compiles {
            "a panic names its place: ask which numbers lead there"
        } else if text.contains("invocation") && stage == Stage::Stress {
            "two invocations meet there in any order: only a barrier, or another pass, makes one of them wait"
        } else {
            stage.remedy()
        };
        Failure { stage, text, remedy: remedy.to_owned() }
    }

    /// An attempt that ended before it was judged.
    pub fn ended_early(text: String) -> Self {
        let remedy =
            "the judge runs in the same process: let the function return, whatever happens";
        Failure { stage: Stage::Ends, text, remedy: remedy.to_owned() }
    }
}

/// One of the attempts that were timed side by side.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Row {
    /// `yours`, `solution` or `skeleton`.
    pub name: String,
    /// Median seconds.
    pub seconds: f64,
    /// How much faster it is than what it is compared with.
    pub speedup: Option<f64>,
    /// The share of the capacity of the same rounds, where workers share.
    pub share: Option<f64>,
}

/// What one worker did, as parts of the time from the first start to the last end.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Lane {
    /// `thread 1`.
    pub worker: String,
    /// When it summed: from 0 to 1.
    pub spans: Vec<(f64, f64)>,
    /// How many terms it summed.
    pub terms: u64,
    /// In how many ranges.
    pub ranges: usize,
}
