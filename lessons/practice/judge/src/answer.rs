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
    /// Whether that is a share, and not how many times as fast it is.
    pub is_share: bool,
}

/// What is asked for.
#[derive(Debug, Clone)]
pub(crate) struct Asked {
    pub(crate) text: String,
    pub(crate) least: f64,
    pub(crate) is_share: bool,
}

impl Speed {
    /// Holds what was measured against what was asked for.
    pub(crate) fn of(asked: Asked, measured: Option<Interval>) -> Self {
        let Asked { text, least, is_share } = asked;
        // ANCHOR: answers
        let answer = match measured {
            Some(interval) if interval.is_above(least) => Answer::Reached,
            Some(interval) if interval.is_below(least) => Answer::NotReached,
            Some(interval) => Answer::CannotTell(between(&interval, is_share)),
            None => Answer::CannotTell(TOO_FEW.to_owned()),
        };
        // ANCHOR_END: answers
        Speed { answer, asked: text, measured, is_share }
    }

    /// Nothing can be told here.
    pub(crate) fn unknown(asked: Asked, why: &str) -> Self {
        let Asked { text, is_share, .. } = asked;
        Speed { answer: Answer::CannotTell(why.to_owned()), asked: text, measured: None, is_share }
    }

    /// What was measured, in words: `94 % (95 % sure: 91 % to 96 %)`; nothing where nothing was.
    pub fn in_words(&self) -> String {
        let Some(measured) = &self.measured else { return String::new() };
        let show = |value| shown(value, self.is_share);
        let between = measured
            .low
            .zip(measured.high)
            .map(|(low, high)| format!(" (95 % sure: {} to {})", show(low), show(high)));
        format!("{}{}", show(measured.median), between.unwrap_or_default())
    }
}

/// Why there is no interval.
const TOO_FEW: &str = "too few rounds fitted into the time";

/// A share, or how many times as fast.
fn shown(value: f64, is_share: bool) -> String {
    if is_share { units::percent(value) } else { format!("{value:.2}x") }
}

/// Why an interval that holds the bound tells nothing.
fn between(interval: &Interval, is_share: bool) -> String {
    let (Some(low), Some(high)) = (interval.low, interval.high) else { return TOO_FEW.to_owned() };
    let cause = match Machine::is_on_battery() {
        Some(true) => ", and the machine runs on its battery",
        _ => ": the machine is busy, or the attempt is right at the bound",
    };
    format!("it is between {} and {}{cause}", shown(low, is_share), shown(high, is_share))
}

/// Why nothing can be told of workers that share, before anything is measured.
pub(crate) fn one_core() -> Option<&'static str> {
    (Workers::usable() == Workers::ONE).then_some("this program may use one core")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked() -> Asked {
        Asked { text: "enough".into(), least: 0.5, is_share: true }
    }

    #[test]
    fn a_share_is_shown_in_percent() {
        let interval = Interval { median: 0.94, low: Some(0.912), high: Some(0.96) };
        let speed = Speed::of(asked(), Some(interval));
        assert_eq!(speed.in_words(), "94 % (95 % sure: 91 % to 96 %)");
        assert_eq!(
            Speed { is_share: false, ..speed }.in_words(),
            "0.94x (95 % sure: 0.91x to 0.96x)"
        );
        assert_eq!(Speed::unknown(asked(), "no reason").in_words(), "");
    }

    #[test]
    fn there_are_three_answers() {
        let answer = |low, high| {
            let interval = Interval { median: 0.6, low, high };
            Speed::of(asked(), Some(interval)).answer
        };
        assert_eq!(answer(Some(0.55), Some(0.7)), Answer::Reached);
        assert_eq!(answer(Some(0.3), Some(0.49)), Answer::NotReached);
        assert!(matches!(answer(Some(0.45), Some(0.55)), Answer::CannotTell(_)));
        assert!(matches!(answer(None, None), Answer::CannotTell(_)));
        assert!(matches!(Speed::of(asked(), None).answer, Answer::CannotTell(_)));
    }
}
