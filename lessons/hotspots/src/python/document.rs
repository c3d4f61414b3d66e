use measure::Error;
use measure::verdict::Verdict;
use serde::{Deserialize, Serialize};

use super::rows::TimedRow;

/// Everything that was seen of a Python program: what the document of `hotspots python` holds.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct PythonObservations {
    /// The version of Python; null where there is none.
    pub(super) python: Option<String>,
    /// The name of the program's file.
    pub(super) program: Option<String>,
    /// How many records it read; null for a program of the reader.
    pub(super) records: Option<u64>,
    pub(super) profile: Option<PythonProfile>,
    pub(super) runs: Vec<TimedRow>,
    /// `skipped` where there is no Python 3.
    pub(super) verdict: Option<Verdict>,
    /// Why.
    pub(super) note: Option<String>,
}

/// What cProfile saw in one run.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct PythonProfile {
    /// All calls of all functions.
    pub(super) calls: u64,
    /// The own times of all functions together.
    pub(super) seconds: f64,
    /// Those with the most own time, the hottest first.
    pub(super) functions: Vec<Function>,
}

/// One function, as pstats knows it.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Function {
    /// `~` for one that is written in C.
    pub(super) file: String,
    pub(super) line: u32,
    pub(super) name: String,
    pub(super) calls: u64,
    /// Seconds in it, without what it calls.
    pub(super) own: f64,
    /// Seconds in it, with what it calls.
    pub(super) cumulative: f64,
}

impl PythonObservations {
    /// Nothing was seen.
    pub(super) fn skipped(missing: &Error) -> Self {
        PythonObservations {
            verdict: Some(Verdict::Skipped),
            note: Some(missing.to_string()),
            ..PythonObservations::default()
        }
    }

    /// The row of this name, if it was timed.
    pub(super) fn row(&self, strategy: &str) -> Option<&TimedRow> {
        self.runs.iter().find(|row| row.strategy == strategy)
    }
}
