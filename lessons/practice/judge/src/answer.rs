use kernels::Workers;
use measure::Interval;
use measure::machine::Machine;
use serde::{Deserialize, Serialize};

/// Whether an attempt is fast enough.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Answer {
    /// It is.
    Reached,
    /// It is not: the whole interval lies below what is asked for.
    NotReached,
    /// Nobody can tell here, for this reason.
    CannotTell(String),
}

/// How fast an attempt is, beside what is asked for. Never a time: a share of what the machine gave in the same rounds, or
/// a ratio to what ran beside it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Speed {
    /// Whether that is enough.
    pub answer: Answer,
    /// What is asked for: `at least 60 % of what two cores gave`.
    pub asked: String,
    /// What was measured; `None` where nothing could be.
    pub measured: Option<Interval>,
}

impl Speed {
    /// Holds what was measured against `least`.
    pub(crate) fn of(asked: String, least: f64, measured: Option<Interval>) -> Self {
        // ANCHOR: answers
        let answer = match measured {
            Some(interval) if interval.is_above(least) => Answer::Reached,
            Some(interval) if interval.is_below(least) => Answer::NotReached,
            Some(interval) => Answer::CannotTell(between(&interval)),
            None => Answer::CannotTell("too few rounds fitted into the time".to_owned()),
        };
        // ANCHOR_END: answers
        Speed { answer, asked, measured }
    }

    /// Nothing can be told here.
    pub(crate) fn unknown(asked: String, why: &str) -> Self {
        Speed { answer: Answer::CannotTell(why.to_owned()), asked, measured: None }
    }
}

/// Why an interval that holds the bound tells nothing.
fn between(interval: &Interval) -> String {
    let (Some(low), Some(high)) = (interval.low, interval.high) else {
        return "too few rounds fitted into the time".to_owned();
    };
    let cause = match Machine::is_on_battery() {
        Some(true) => ", and the machine runs on its battery",
        _ => ": the machine is busy, or the attempt is right at it",
    };
    format!("it is between {low:.2} and {high:.2}{cause}")
}

/// Why nothing can be told of workers that share, before anything is measured.
pub(crate) fn one_core() -> Option<&'static str> {
    (Workers::usable() == Workers::ONE).then_some("this program may use one core")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_are_three_answers() {
        let answer = |low, high| {
            let interval = Interval { median: 0.6, low, high };
            Speed::of("enough".into(), 0.5, Some(interval)).answer
        };
        assert_eq!(answer(Some(0.55), Some(0.7)), Answer::Reached);
        assert_eq!(answer(Some(0.3), Some(0.49)), Answer::NotReached);
        assert!(matches!(answer(Some(0.45), Some(0.55)), Answer::CannotTell(_)));
        assert!(matches!(answer(None, None), Answer::CannotTell(_)));
        assert!(matches!(Speed::of("enough".into(), 0.5, None).answer, Answer::CannotTell(_)));
    }
}
