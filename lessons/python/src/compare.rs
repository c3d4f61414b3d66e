//! How the rows compare.

use course::{Document, Run};
use measure::verdict::Verdict;

/// The time of one term, in a row whose sum is right.
pub(crate) fn per_term(run: &Run) -> Option<f64> {
    let seconds = run.seconds.as_ref().filter(|_| run.sum.is_some())?;
    Some(seconds.interval.median / run.terms.max(1) as f64)
}

/// The row with one worker.
pub(crate) fn alone<'d>(document: &'d Document, name: &str) -> Option<&'d Run> {
    document.runs.iter().find(|run| run.strategy == name && run.workers == 1)
}

/// The ratio of two rows' times of a term, each with one worker.
pub(crate) fn ratio(document: &Document, slow: &str, fast: &str) -> Option<f64> {
    let right = |name| alone(document, name).filter(|run| run.verdict == Verdict::Right);
    Some(per_term(right(slow)?)? / per_term(right(fast)?)?)
}

/// The median of a row with so many workers over that of the same row with one.
pub(crate) fn gained(document: &Document, name: &str, workers: usize) -> Option<f64> {
    let median = |workers: usize| {
        let run =
            document.runs.iter().find(|run| run.strategy == name && run.workers == workers)?;
        let seconds = run.seconds.as_ref().filter(|_| run.verdict == Verdict::Right)?;
        Some(seconds.interval.median)
    };
    Some(median(1)? / median(workers)?)
}
