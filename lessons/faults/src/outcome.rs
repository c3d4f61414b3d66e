use serde::{Deserialize, Serialize};

/// What was seen of one case from the outside.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Outcome {
    /// How it ended.
    pub(crate) end: Ending,
    /// The time of the sum where the case reported it, the time until its end otherwise.
    pub(crate) seconds: f64,
    /// The time of the whole program, from its start to its end.
    pub(crate) program_seconds: f64,
    /// How often a lost range was given to another worker.
    pub(crate) retries: u32,
    /// How far off the sum was that it believed, as a fraction of the known answer.
    pub(crate) off_by: Option<f64>,
    /// Its exit status, if it had one.
    pub(crate) exit_code: Option<i32>,
    /// The signal that ended it, if one did.
    pub(crate) signal: Option<String>,
    /// The first line that it wrote to standard error.
    #[serde(rename = "said")]
    pub(crate) error: Option<String>,
    /// How many processes it left behind; null where the system does not tell.
    pub(crate) left_behind: Option<usize>,
}

/// How a case ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Ending {
    /// With the right sum.
    Right,
    /// With a wrong sum that it believed.
    WrongSum,
    /// With an error that says what happened.
    Error,
    /// Without a sum, and without an error of its own.
    Died,
    /// Not at all: it was ended at the time limit.
    Hung,
}

#[cfg(test)]
impl Outcome {
    /// What was seen of a case that ended in this way, after a tenth of a second.
    pub(crate) fn made_up(end: Ending) -> Self {
        Outcome {
            end,
            seconds: 0.1,
            program_seconds: 0.1,
            retries: 0,
            off_by: (end == Ending::WrongSum).then_some(-0.0575),
            exit_code: Some(0),
            signal: None,
            error: None,
            left_behind: None,
        }
    }
}
