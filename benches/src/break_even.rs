//! From how many terms on is a strategy faster than the sequential sum?

pub use laws::break_even::BreakEven;
use laws::break_even::of_points;

use crate::results::{Measured, Question, Results};

/// The break-even of `strategy` on the kernel `kernel`; `None` where its sizes were not measured.
///
/// [`of_points`] says how it is read off the sizes.
pub fn break_even(results: &Results, kernel: &str, strategy: &str) -> Option<BreakEven> {
    let mine = |one: &&Measured| one.kernel == kernel && one.strategy == strategy;
    let sizes = results.of(Question::Size).filter(mine);
    let mut points: Vec<(u64, f64)> = sizes
        .filter_map(|one| Some((one.terms, one.speedup()?.median)))
        .filter(|(terms, speedup)| *terms > 0 && speedup.is_finite() && *speedup > 0.0)
        .collect();
    points.sort_by_key(|(terms, _)| *terms);
    of_points(&points)
}
