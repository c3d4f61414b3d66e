use measure::Interval;
use units::three_digits;

use super::canvas::Canvas;
use super::dots::Axis;
use crate::figures::{best, kernels, median};
use crate::in_words;
use crate::results::{Measured, Question::Scaling, Results};
use crate::text::{cut, plain};

/// The answer in one sentence, and the best strategy of each kernel beside what was possible.
pub(super) fn draw(canvas: &mut Canvas, results: &Results) {
    let Some(answer) = in_words::answer(results) else { return };
    canvas.sentence(&answer);
    let bests: Vec<(&Measured, Interval)> = kernels(results, Scaling)
        .into_iter()
        .filter_map(|kernel| best(results, Scaling, kernel).filter(|best| best.workers > 1))
        .filter_map(|best| Some((best, best.speedup()?)))
        .collect();
    if bests.is_empty() {
        return;
    }
    let most = bests.iter().map(|(best, speedup)| {
        let given = median(best.cores_given()).unwrap_or(0.0);
        speedup.high.unwrap_or(speedup.median).max(given)
    });
    let room = canvas.width().saturating_sub(NAME + VALUE + SPREAD + STRATEGY + 2);
    let axis = Axis { low: 0.0, high: most.fold(0.0, f64::max), log: false, room };
    canvas.line("");
    for (best, speedup) in bests {
        canvas.line(&format!(
            "{:NAME$}{:>VALUE$}{:>SPREAD$} {} {}",
            cut(&plain(&best.kernel), NAME - 1),
            times(speedup.median),
            spread(speedup),
            axis.row(speedup, median(best.cores_given())),
            cut(&plain(&best.strategy), STRATEGY)
        ));
    }
    canvas.sentence("The dot is the best median, the line its 95 % interval, │ what was possible.");
}

const NAME: usize = 10;
const VALUE: usize = 6;
const SPREAD: usize = 7;
const STRATEGY: usize = 14;

/// `1.93x`.
pub(super) fn times(speedup: f64) -> String {
    if speedup < 9999.5 { three_digits(speedup) + "x" } else { ">9999x".to_owned() }
}

/// Half the width of the interval over the median: `±3 %`; nothing where there is no interval.
pub(super) fn spread(interval: Interval) -> String {
    match interval.spread() {
        Some(share) if share < 9.995 => format!("±{:.0} %", share * 100.0),
        Some(_) => "±>999%".to_owned(),
        None => String::new(),
    }
}
