use laws::{Choice, Curve, Estimate, Law, Reading, Round};
use measure::Interval;
use serde_json::{Value, json};

use super::Points;

/// A curve of fewer worker counts has none to spare.
pub(super) const ENOUGH: usize = 6;

/// The worker count that the laws were not shown, and what they predicted for it.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct HeldOut {
    pub(super) workers: usize,
    /// Which law was asked.
    pub(super) law: Law,
    /// The speedup that it predicted.
    pub(super) predicted: Estimate,
    /// The speedup that was measured.
    pub(super) measured: f64,
    /// Its interval, where there are samples enough.
    pub(super) measured_range: Option<(f64, f64)>,
}

/// The points without the largest worker count, and that one; all of them where they are few, or where
/// nobody knows what one worker takes, so that no speedup can be predicted.
pub(super) fn split(points: &Points) -> (Points, Option<(usize, Vec<Round>)>) {
    let mut training = points.clone();
    let last = if training.len() >= ENOUGH && training[0].0 == 1 { training.pop() } else { None };
    (training, last)
}

impl HeldOut {
    /// What the law that the reading speaks for predicts for the count that it has not seen.
    pub(super) fn judge(reading: &Reading, last: &(usize, Vec<Round>), alone: f64) -> Option<Self> {
        let (workers, rounds) = last;
        let universal = reading.choice() == Some(Choice::Universal);
        let fit = if universal { reading.universal.fit() } else { reading.amdahl.fit() }?;
        let point = Curve::of_rounds(vec![last.clone()]);
        let (shared, cores) = (point.median(*workers)?, point.cores(*workers)?);
        let seconds: Vec<f64> = rounds.iter().map(|round| round.seconds).collect();
        let range = Interval::of(&seconds).and_then(|time| Some((time.low?, time.high?)));
        Some(HeldOut {
            workers: *workers,
            law: fit.law,
            predicted: fit.predict_on(*workers, cores),
            measured: alone / shared,
            // The longest time is the least speedup.
            measured_range: range.map(|(low, high)| (alone / high, alone / low)),
        })
    }

    /// How much too high the prediction is: 0.1 for 10 %.
    pub(super) fn off(&self) -> f64 {
        self.predicted.value / self.measured - 1.0
    }

    /// Whether what was predicted and what was measured have something in common.
    pub(super) fn is_inside(&self) -> bool {
        let (low, high) = self.measured_range.unwrap_or((self.measured, self.measured));
        self.predicted.meets(low, high)
    }

    pub(super) fn json(&self) -> Value {
        json!({
            "workers": self.workers,
            "law": match self.law { Law::Amdahl => "amdahl", Law::Universal => "universal" },
            "predicted": self.predicted,
            "measured": self.measured,
            "inside": self.is_inside(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn exact(counts: &[usize], time: impl Fn(usize) -> f64) -> Points {
        let round = |workers: usize| Round { seconds: time(workers), cores: workers as f64 };
        counts.iter().map(|workers| (*workers, vec![round(*workers); 6])).collect()
    }

    fn judged(points: &Points) -> HeldOut {
        let (training, last) = split(points);
        let reading = Reading::of(&Curve::of_rounds(training));
        HeldOut::judge(&reading, &last.expect("six counts"), 1.0).expect("the law was fitted")
    }

    #[test]
    fn six_counts_are_enough_and_five_are_not() {
        let six = exact(&[1, 2, 3, 4, 5, 6], |workers| 1.0 / workers as f64);
        assert_eq!(split(&six).1.map(|last| last.0), Some(6));
        assert_eq!(split(&six[..5].to_vec()), (six[..5].to_vec(), None));
        let without_one = exact(&[2, 3, 4, 5, 6, 7], |workers| 1.0 / workers as f64);
        assert_eq!(split(&without_one), (without_one.clone(), None));
    }

    #[test]
    fn a_curve_that_follows_its_law_is_predicted() {
        let amdahl = |workers: usize| 0.1 + 0.9 / workers as f64;
        let outcome = judged(&exact(&[1, 2, 4, 8, 16, 32], amdahl));
        assert_eq!((outcome.workers, outcome.law), (32, Law::Amdahl));
        assert!(
            outcome.is_inside()
                && outcome.off().abs() < 1e-6
                && (outcome.measured - 1.0 / amdahl(32)).abs() < 1e-9
        );
        let universal = |workers: usize| 1.0 / laws::universal(0.05, 0.002, workers);
        let outcome = judged(&exact(&[1, 2, 4, 8, 16, 32], universal));
        assert_eq!(outcome.law, Law::Universal);
        assert!(outcome.off().abs() < 1e-6);
    }

    #[test]
    fn a_kink_that_nobody_knew_of_is_outside() {
        // Sixteen cores, and the second thread of each adds nothing.
        let outcome = judged(&exact(&[1, 2, 4, 8, 16, 32], |workers| 1.0 / workers.min(16) as f64));
        assert!(!outcome.is_inside() && outcome.off() > 0.9, "{outcome:?}");
    }
}
