//! From how many terms on is a strategy faster than the sequential sum?

use std::cmp::Ordering;

pub use laws::break_even::BreakEven;
use laws::break_even::of_points;

use crate::figures::side_of_one;
use crate::gate::doubt;
use crate::results::{Measured, Question, Results};

/// The same, where intervals tell: at every size that decides, the speedup is surely on its side of 1. `None`
/// where they do not, and where the whole bench explains nothing.
pub(crate) fn sure_break_even(
    results: &Results,
    kernel: &str,
    strategy: &str,
) -> Option<BreakEven> {
    let found = break_even(results, kernel, strategy).filter(|_| doubt(results).is_none())?;
    let sizes = results.of(Question::Size);
    let mine = sizes.filter(|one| one.kernel == kernel && one.strategy == strategy);
    let side = |one: &Measured| side_of_one(&one.speedup()?);
    let sides: Vec<(f64, Option<Ordering>)> =
        mine.map(|one| (one.terms as f64, side(one))).collect();
    let all = |are: Ordering, decides: &dyn Fn(f64) -> bool| {
        sides.iter().all(|(terms, side)| !decides(*terms) || *side == Some(are))
    };
    let last_before = |at: f64| {
        let before = sides.iter().map(|(terms, _)| *terms).filter(|terms| *terms < at);
        before.fold(0.0, f64::max)
    };
    let is_sure = match found {
        BreakEven::From(at) => {
            let last = last_before(at);
            all(Ordering::Greater, &|terms| terms > at)
                && all(Ordering::Less, &|terms| terms == last)
        }
        BreakEven::AlreadyAt(_) => all(Ordering::Greater, &|_| true),
        BreakEven::NotUpTo(_) => all(Ordering::Less, &|_| true),
    };
    is_sure.then_some(found)
}

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
