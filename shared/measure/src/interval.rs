use serde::{Deserialize, Serialize};

/// Medians that are this sure are steady.
const STEADY: f64 = 0.015;

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
        let mut sorted = samples.to_vec();
        sorted.sort_by(f64::total_cmp);
        let middle = sorted.len() / 2;
        let median = match sorted.len() {
            0 => return None,
            odd if odd % 2 == 1 => sorted[middle],
            _ => f64::midpoint(sorted[middle - 1], sorted[middle]),
        };
        let outside = outside_rank(sorted.len());
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

    /// Whether the median of `samples` is sure enough to stop measuring.
    pub fn is_steady(samples: &[f64]) -> bool {
        let spread = Interval::of(samples).and_then(|interval| interval.spread());
        spread.is_some_and(|spread| spread <= STEADY)
    }

    /// Half the width of the interval over the median; `None` without an interval.
    pub fn spread(&self) -> Option<f64> {
        Some((self.high? - self.low?) / 2.0 / self.median)
    }
}

/// The largest k such that fewer than k of n fair coins show heads with probability 2.5 % at most;
/// the interval runs from the k-th smallest sample to the k-th largest. Counted from 0.
fn outside_rank(n: usize) -> Option<usize> {
    let mut probability = 0.5_f64.powi(i32::try_from(n).ok()?);
    let mut cumulative = probability;
    let mut rank = None;
    for heads in 0..n / 2 {
        if cumulative > 0.025 {
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

    /// Ranks (counted from 1) as in tables of the sign test at 95 %.
    #[test]
    fn ranks_agree_with_the_tables() {
        for (n, rank) in [(6, 1), (8, 1), (9, 2), (12, 3), (20, 6), (25, 8), (40, 14)] {
            assert_eq!(outside_rank(n), Some(rank - 1), "{n} samples");
        }
        assert_eq!(outside_rank(5), None);
        assert_eq!(outside_rank(0), None);
    }
}
