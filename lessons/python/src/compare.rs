//! How the rows compare.

use course::{Document, Run};
use measure::Interval;

/// The time of one term, in a row whose sum is right.
pub(crate) fn per_term(run: &Run) -> Option<f64> {
    (run.sum.is_some() && run.seconds.is_some()).then(|| run.per_term())
}

/// The row with so many workers, if its sum is right.
pub(crate) fn right<'d>(document: &'d Document, name: &str, workers: usize) -> Option<&'d Run> {
    document.right().find(|run| run.strategy == name && run.workers == workers)
}

/// How many times as long a term takes in `slow` as in `fast`, each with one worker.
pub(crate) fn ratio(document: &Document, slow: &str, fast: &str) -> Option<Interval> {
    right(document, slow, 1)?.times_as_long_as(right(document, fast, 1)?)
}

/// How many times as fast a row is with so many workers as with one.
pub(crate) fn gained(document: &Document, name: &str, workers: usize) -> Option<Interval> {
    right(document, name, 1)?.times_as_long_as(right(document, name, workers)?)
}
