use serde::{Deserialize, Serialize};

use crate::plan::LOOKS;

/// Medians that are this sure are steady.
const STEADY: f64 = 0.015;

/// How often a 95 % interval may lie above the true median, and how often below.
const ONE_SIDE: f64 = 0.025;

/// The same at each of several looks: 11 of 1024, as often as fewer than 2 of 10 coins show heads.
const ONE_SIDE_OF_A_LOOK: f64 = 0.011;

/// Half the width of an interval over its median, above which it explains nothing.
const WIDE: f64 = 0.1;

/// The median of some samples, and how sure it is.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Interval {
    /// The middle sample.
    pub median: f64,
    /// With 95 % confidence the true median is not below this; `None` below six samples.
    pub low: Option<f64>,
    /// With 95 % confidence the true median is not above this; `None` below six samples.
    pub high: Option<f64>,
}

impl Interval {
    /// The median of `samples` and its 95 % interval; `None` for no samples.
    ///
    /// The interval runs from one order statistic to another. Each sample lies below the true median
    /// with probability 1/2, whatever the distribution, so the number of those that do is binomial:
    /// with six samples, all of them lie on one side only once in 32 times.
    ///
    /// ```
    /// use measure::Interval;
    /// let interval = Interval::of(&[3.0, 1.0, 2.0, 6.0, 5.0, 4.0]).unwrap();
    /// assert_eq!((interval.median, interval.low, interval.high), (3.5, Some(1.0), Some(6.0)));
    /// assert_eq!(Interval::of(&[1.0, 2.0]).unwrap().low, None);
    /// ```
    pub fn of(samples: &[f64]) -> Option<Self> {
        Interval::with_outside(samples, ONE_SIDE)
    }

    /// The same where `looks` says that samples were taken until their interval was narrow.
    ///
    /// Each look is another chance to stop by luck at a median that is off. With looks after 10, 20 and 40
    /// samples, an interval of 97.8 % at each of them holds the true median in 95 of 100 runs. Nobody
    /// looks at fewer than 10.
    ///
    /// ```
    /// use measure::Interval;
    /// let samples: Vec<f64> = (1..=20).map(f64::from).collect();
    /// assert_eq!(Interval::after(&samples, false).unwrap().low, Some(6.0));
    /// assert_eq!(Interval::after(&samples, true).unwrap().low, Some(5.0));
    /// ```
    pub fn after(samples: &[f64], looks: bool) -> Option<Self> {
        let looked_at = looks && samples.len() >= LOOKS[0];
        Interval::with_outside(samples, if looked_at { ONE_SIDE_OF_A_LOOK } else { ONE_SIDE })
    }

    /// The same for one of so many comparisons: so sure that all their intervals together hold what they should in
    /// 97.8 of 100 sessions, however many rows they have.
    ///
    /// ```
    /// use measure::Interval;
    /// let samples: Vec<f64> = (1..=20).map(f64::from).collect();
    /// assert_eq!(Interval::among(&samples, 1).unwrap().low, Some(5.0));
    /// assert_eq!(Interval::among(&samples, 100).unwrap().low, Some(2.0));
    /// ```
    pub fn among(samples: &[f64], comparisons: usize) -> Option<Self> {
        Interval::with_outside(samples, one_side_among(comparisons))
    }

    /// The fewest samples that have an interval where there are so many comparisons.
    ///
    /// ```
    /// use measure::Interval;
    /// assert_eq!((Interval::fewest(1), Interval::fewest(100)), (7, 14));
    /// ```
    pub fn fewest(comparisons: usize) -> usize {
        let has_one =
            |samples: &usize| outside_rank(*samples, one_side_among(comparisons)).is_some();
        (1..).find(has_one).expect("each sample more halves what is outside")
    }

    /// The interval that the true median misses on either side with this probability at most.
    fn with_outside(samples: &[f64], one_side: f64) -> Option<Self> {
        let mut sorted = samples.to_vec();
        sorted.sort_by(f64::total_cmp);
        let middle = sorted.len() / 2;
        let median = match sorted.len() {
            0 => return None,
            odd if odd % 2 == 1 => sorted[middle],
            _ => f64::midpoint(sorted[middle - 1], sorted[middle]),
        };
        let outside = outside_rank(sorted.len(), one_side);
        let low = outside.map(|rank| sorted[rank]);
        let high = outside.map(|rank| sorted[sorted.len() - 1 - rank]);
        Some(Interval { median, low, high })
    }

    /// Each of them divided by the same number, as by the terms of a sum.
    ///
    /// ```
    /// use measure::Interval;
    /// let whole = Interval { median: 4.0, low: Some(2.0), high: None };
    /// assert_eq!(whole.over(2.0), Interval { median: 2.0, low: Some(1.0), high: None });
    /// ```
    #[must_use]
    pub fn over(self, divisor: f64) -> Self {
        let over = |value: f64| value / divisor;
        Interval { median: over(self.median), low: self.low.map(over), high: self.high.map(over) }
    }

    /// How many times as much as `other` it is, where the two were not measured side by side. Its ends are those of the
    /// worst case, both medians at the far ends of their intervals: it is rather too wide.
    ///
    /// ```
    /// use measure::Interval;
    /// let one = Interval { median: 10.0, low: Some(8.0), high: Some(12.0) };
    /// let other = Interval { median: 5.0, low: Some(4.0), high: Some(8.0) };
    /// let ratio = Interval { median: 2.0, low: Some(1.0), high: Some(3.0) };
    /// assert_eq!(one.ratio_to(other), ratio);
    /// ```
    #[must_use]
    pub fn ratio_to(self, other: Interval) -> Self {
        let over = |one: Option<f64>, other: Option<f64>| Some(one? / other?);
        Interval {
            median: self.median / other.median,
            low: over(self.low, other.high),
            high: over(self.high, other.low),
        }
    }

    /// Whether the median is sure enough to stop measuring.
    pub fn is_steady(&self) -> bool {
        self.spread().is_some_and(|spread| spread <= STEADY)
    }

    /// Whether the true median is below `bound`, as far as samples can tell; without an interval nobody knows.
    ///
    /// ```
    /// use measure::Interval;
    /// let ratio = Interval { median: 0.9, low: Some(0.8), high: Some(1.02) };
    /// assert!(ratio.is_below(1.1) && !ratio.is_below(1.0) && ratio.is_above(0.7));
    /// ```
    pub fn is_below(&self, bound: f64) -> bool {
        self.high.is_some_and(|high| high < bound)
    }

    /// Whether it is above `bound`.
    pub fn is_above(&self, bound: f64) -> bool {
        self.low.is_some_and(|low| low > bound)
    }

    /// Whether it explains nothing: it is wider than a tenth of its median to either side, or there is none.
    pub fn is_wide(&self) -> bool {
        self.spread().is_none_or(|spread| spread > WIDE)
    }

    /// Half the width of the interval over the median; `None` without an interval.
    pub fn spread(&self) -> Option<f64> {
        Some((self.high? - self.low?) / 2.0 / self.median)
    }
}

fn one_side_among(comparisons: usize) -> f64 {
    ONE_SIDE_OF_A_LOOK / comparisons.max(1) as f64
}

/// The largest k such that fewer than k of n fair coins show heads with probability `one_side` at most;
/// the interval runs from the k-th smallest sample to the k-th largest. Counted from 0.
fn outside_rank(n: usize, one_side: f64) -> Option<usize> {
    let mut probability = 0.5_f64.powi(i32::try_from(n).ok()?);
    let mut cumulative = probability;
    let mut rank = None;
    for heads in 0..n / 2 {
        if cumulative > one_side {
            break;
        }
        rank = Some(heads);
        probability *= (n - heads) as f64 / (heads + 1) as f64;
        cumulative += probability;
    }
    rank
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wide_interval_and_a_missing_one_explain_nothing() {
        let between = |low, high| Interval { median: 1.0, low, high };
        assert!(!between(Some(0.95), Some(1.1)).is_wide());
        assert!(between(Some(0.3), Some(1.1)).is_wide());
        assert!(between(None, None).is_wide());
    }

    /// Ranks (counted from 1) as in tables of the sign test at 95 %.
    #[test]
    fn ranks_agree_with_the_tables() {
        for (n, rank) in [(6, 1), (8, 1), (9, 2), (12, 3), (20, 6), (25, 8), (40, 14)] {
            assert_eq!(outside_rank(n, ONE_SIDE), Some(rank - 1), "{n} samples");
        }
        assert_eq!(outside_rank(5, ONE_SIDE), None);
        assert_eq!(outside_rank(0, ONE_SIDE), None);
    }

    /// Ranks for 1.1 % on each side, from the binomial distribution.
    #[test]
    fn each_of_several_looks_is_surer() {
        for (n, rank) in [(10, 2), (20, 5), (40, 13)] {
            assert_eq!(outside_rank(n, ONE_SIDE_OF_A_LOOK), Some(rank - 1), "{n} samples");
        }
    }
}
