//! What the children told of themselves beside their sums, by the name of the row.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use course::{Document, Stages};

static STAGES: Mutex<BTreeMap<&'static str, Stages>> = Mutex::new(BTreeMap::new());
static BYTES: Mutex<BTreeMap<&'static str, u64>> = Mutex::new(BTreeMap::new());

/// Notes what passed before the first sum of a row. What was noted first stays: of the children of one
/// row, the first one found nothing in any cache.
pub fn note(row: &'static str, stages: Stages) {
    STAGES.lock().unwrap_or_else(PoisonError::into_inner).entry(row).or_insert(stages);
}

/// Notes how many bytes of numbers a row sent to its processes for one sum.
pub fn note_bytes(row: &'static str, bytes: u64) {
    BYTES.lock().unwrap_or_else(PoisonError::into_inner).insert(row, bytes);
}

/// How many bytes of numbers a row sent to its processes for one sum.
pub fn bytes(row: &str) -> Option<u64> {
    BYTES.lock().unwrap_or_else(PoisonError::into_inner).get(row).copied()
}

/// Writes the stages into the document.
pub fn complete(document: &mut Document) {
    let stages = STAGES.lock().unwrap_or_else(PoisonError::into_inner);
    for run in &mut document.runs {
        run.stages = stages.get(run.strategy.as_str()).copied();
    }
}
