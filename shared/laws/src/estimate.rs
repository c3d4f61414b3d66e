use serde::Serialize;

/// A number read from a curve, with its interval.
///
/// The interval is meant to hold the true number in 95 of 100 curves, if the law is the right one:
/// see [`crate`] for what it knows, what it cannot know, and how well that went in trials.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Estimate {
    /// What fits the medians best.
    pub value: f64,
    /// The 2.5 % percentile; never above `value`.
    pub low: f64,
    /// The 97.5 % percentile; never below `value`. Infinite where nothing bounds it.
    pub high: f64,
}

impl Estimate {
    /// `value`, with the percentiles of what the redrawn curves gave instead.
    pub(super) fn of(value: f64, redrawn: impl Iterator<Item = f64>) -> Self {
        let mut sorted: Vec<f64> = redrawn.collect();
        sorted.sort_unstable_by(f64::total_cmp);
        let rank = |share: f64| {
            let last = sorted.len().checked_sub(1)?;
            Some(sorted[(share * last as f64).round() as usize])
        };
        let low = rank(0.025).map_or(value, |low| low.min(value));
        let high = rank(0.975).map_or(value, |high| high.max(value));
        Estimate { value, low, high }
    }

    /// Whether `truth` lies within the interval, but for what rounding does.
    pub fn covers(&self, truth: f64) -> bool {
        self.meets(truth, truth)
    }

    /// Whether the interval and that from `low` to `high` have something in common, but for rounding.
    pub fn meets(&self, low: f64, high: f64) -> bool {
        const ROUNDING: f64 = 1e-9;
        low <= self.high * (1.0 + ROUNDING) && high >= self.low * (1.0 - ROUNDING)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_interval_leaves_out_one_in_forty_at_each_end() {
        let estimate = Estimate::of(500.0, (0..=1000).rev().map(f64::from));
        assert_eq!(estimate, Estimate { value: 500.0, low: 25.0, high: 975.0 });
        assert!(estimate.covers(25.0) && !estimate.covers(24.9));
    }

    #[test]
    fn what_only_rounding_parts_is_together() {
        let exact = Estimate { value: 12.5, low: 12.5, high: 12.5 };
        assert!(exact.covers(12.5 + 1e-12) && !exact.covers(12.501));
        assert!(exact.meets(12.6, 12.4 + 0.2) == exact.covers(12.6));
        assert!(exact.meets(12.4, 12.6) && !exact.meets(12.51, 12.6) && !exact.meets(12.3, 12.49));
    }

    #[test]
    fn the_value_is_always_inside() {
        let estimate = Estimate::of(5.0, [1.0, 2.0].into_iter());
        assert_eq!((estimate.low, estimate.high), (1.0, 5.0));
        assert!(Estimate::of(f64::INFINITY, [1.0].into_iter()).high.is_infinite());
    }
}
