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
    times_as_long(right(document, slow, 1)?, right(document, fast, 1)?)
}

/// How many times as fast a row is with so many workers as with one.
pub(crate) fn gained(document: &Document, name: &str, workers: usize) -> Option<Interval> {
    times_as_long(right(document, name, 1)?, right(document, name, workers)?)
}

/// How many times as long a term takes in `slow` as in `fast`: the median over the rounds, in each of which
/// both ran.
pub(crate) fn times_as_long(slow: &Run, fast: &Run) -> Option<Interval> {
    let (long, short) = (slow.seconds.as_ref()?, fast.seconds.as_ref()?);
    let terms = fast.terms.max(1) as f64 / slow.terms.max(1) as f64;
    let rounds = long.samples.iter().zip(&short.samples);
    let ratios: Vec<f64> = rounds.map(|(long, short)| terms * long / short).collect();
    Interval::after(&ratios, true) // The document does not say whether the rounds were looked at.
}
