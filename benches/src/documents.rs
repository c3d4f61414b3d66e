//! What the program of a lesson says with `--json`.

use measure::Interval;
use serde::Deserialize;

/// What is read of a lesson's document, schema 1; it has more fields.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct Document {
    /// The version of the format.
    pub schema: u32,
    /// The lesson.
    pub lesson: String,
    /// Where it ran.
    pub machine: Machine,
    /// What was summed.
    pub kernel: Kernel,
    /// The rows, each at each number of workers.
    pub runs: Vec<Run>,
}

/// Where it ran.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct Machine {
    /// The processor.
    pub cpu: String,
    /// How many cores the program could use.
    pub usable_cores: usize,
}

/// What was summed.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct Kernel {
    /// Its name.
    pub name: String,
    /// How many terms.
    pub terms: u64,
}

/// A row at one number of workers.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct Run {
    /// The row.
    pub strategy: String,
    /// How many workers.
    pub workers: usize,
    /// How many terms this row summed.
    pub terms: u64,
    /// Seconds of the whole sum; `None` where there is no right one.
    pub seconds: Option<Interval>,
    /// `right`, `folded`, `wrong`, `failed` or `skipped`.
    pub verdict: String,
    /// Why it is none of the first two.
    pub note: Option<String>,
}

impl Document {
    /// Reads a document.
    ///
    /// # Errors
    ///
    /// What is wrong with it, in one sentence.
    pub fn parse(text: &str) -> Result<Self, String> {
        let document: Document = serde_json::from_str(text)
            .map_err(|cause| format!("it is no result of a lesson (--json): {cause}"))?;
        if document.schema != 1 {
            return Err(format!(
                "it has schema {}, and this program reads schema 1",
                document.schema
            ));
        }
        Ok(document)
    }
}
