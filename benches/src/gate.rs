//! Can a bench explain anything? Decided here for single measurements and for all of them.

use course::Doubt;
use measure::Interval;

use crate::figures::median;
use crate::results::{Measured, Question::Scaling, Results};

/// Whether the intervals of `measured`, of the baseline and of the control beside it are narrow enough to explain
/// anything.
pub(crate) fn is_sure(measured: &Measured) -> bool {
    let narrow = |interval: Option<Interval>| interval.is_none_or(|interval| !interval.is_wide());
    measured.speedup().is_some_and(|speedup| !speedup.is_wide())
        && narrow(Interval::of(&measured.baseline))
        && narrow(measured.cores_given())
}

/// What a bench says instead of explaining: its own remedy, where there are too few samples.
pub(crate) fn words(doubt: Doubt) -> String {
    match doubt {
        Doubt::FewRounds(samples) => format!(
            "{} cannot explain anything: that is too few for an interval. The verdicts hold. For more run it \
             without --quick.",
            units::count(samples as u64, "sample")
        ),
        busy => busy.to_string(),
    }
}

/// Why the results as a whole explain nothing: most of the scaling is not sure. `None` where they may.
pub(crate) fn doubt(results: &Results) -> Option<Doubt> {
    let timed: Vec<&Measured> =
        results.of(Scaling).filter(|measured| median(measured.speedup()).is_some()).collect();
    let unsure: Vec<&&Measured> = timed.iter().filter(|measured| !is_sure(measured)).collect();
    if unsure.len() * 2 <= timed.len() {
        return None;
    }
    let spread = |interval: &Interval| interval.spread().unwrap_or(0.0);
    let baselines = unsure.iter().filter_map(|measured| Interval::of(&measured.baseline));
    let widest = baselines.max_by(|one, other| spread(one).total_cmp(&spread(other)))?;
    Some(match widest.low.zip(widest.high) {
        Some((from, to)) => Doubt::SameCode { from, to },
        None => Doubt::FewRounds(timed.iter().map(|it| it.seconds.len()).max().unwrap_or(0)),
    })
}
