//! What children report of themselves beside their sums.

use std::collections::BTreeMap;

use course::{Document, Run};
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// The fields of a run in the document.
const STAGES: &str = "stages";
const BYTES_SENT: &str = "bytes_sent";

/// Seconds of what passes before the first sum of a row.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub struct Stages {
    /// Until its process can be asked.
    pub start: f64,
    /// Until the libraries that it needs are in place.
    pub import: f64,
    /// Until its own code is in place; some code is compiled then.
    pub load: f64,
    /// The first call, of a few terms; some code is compiled then.
    pub first_call: f64,
    /// Compiling it beforehand, once for all runs; `None` where nothing was to do.
    pub build: Option<f64>,
}

impl Stages {
    /// Those of a run; `None` where no child was started for it.
    pub(crate) fn of(run: &Run) -> Option<Self> {
        Stages::deserialize(run.extra.get(STAGES)?).ok()
    }

    /// Seconds until the first answer is there.
    pub(crate) fn until_ready(&self) -> f64 {
        self.start + self.import + self.load + self.first_call
    }
}

/// What the children of a row reported.
#[derive(Debug)]
pub(crate) struct Report {
    /// The first child's: it found nothing in any cache.
    pub(crate) stages: Stages,
    /// How many bytes of numbers were sent to its processes for one sum.
    pub(crate) bytes_sent: Option<u64>,
}

/// How many bytes of numbers a run sent to its processes for one sum.
pub(crate) fn bytes_sent(run: &Run) -> Option<u64> {
    run.extra.get(BYTES_SENT)?.as_u64()
}

/// Adds to the document what the children reported, and the start of a pool to the phases of its rows.
pub(crate) fn annotate(document: &mut Document, reports: &BTreeMap<&'static str, Report>) {
    for run in &mut document.runs {
        let report = reports.get(run.strategy.as_str());
        let stages = report.map(|report| report.stages);
        let stages = serde_json::to_value(stages).expect("stages are plain data");
        run.extra.insert(STAGES.to_owned(), stages);
        if let Some(bytes) = report.and_then(|report| report.bytes_sent) {
            run.extra.insert(BYTES_SENT.to_owned(), Value::from(bytes));
        }
        if let (Some(phases), Some(start)) = (&mut run.phases, run.start_seconds) {
            phases.0.insert(0, ("starting".to_owned(), start));
        }
    }
}
