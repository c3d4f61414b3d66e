use std::collections::BTreeMap;

/// The times of one strategy over the number of workers.
///
/// Give it only worker counts up to the usable cores (`kernels::Workers::usable`), and leave out the
/// others yourself: workers that take turns on a core follow no law of scaling. On a machine with
/// two hardware threads a core, the second thread adds less than the first, and the curve has a kink
/// there that no law knows; a curve up to the physical cores reads better.
///
/// ```
/// use laws::Curve;
/// let curve = Curve::new(vec![(4, vec![0.3]), (1, vec![1.0, f64::NAN]), (4, vec![0.2, 0.4])]);
/// assert_eq!(curve.counts(), [1, 4]);
/// assert_eq!(curve.median(4), Some(0.3));
/// assert_eq!(curve.dropped(), 1);
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Curve {
    points: Vec<Point>,
    dropped: usize,
}

/// The samples of one worker count: at least one.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Point {
    pub(super) workers: usize,
    /// In seconds, sorted.
    pub(super) samples: Vec<f64>,
}

/// What counts as a time, in seconds: from a picosecond to thirty thousand years. No run is shorter
/// or longer, and the squares of such numbers and of their ratios fit an `f64`.
const TIMES: std::ops::RangeInclusive<f64> = 1e-12..=1e12;

impl Curve {
    /// The curve of these worker counts, each with its samples in seconds.
    ///
    /// The order does not matter; samples of a count that comes twice are put together. What is not
    /// a time (zero, negative, infinite, not a number) and what belongs to zero workers is left out,
    /// and counted: see [`Curve::dropped`]. A count without a time left is no part of the curve.
    pub fn new(measured: Vec<(usize, Vec<f64>)>) -> Self {
        let given: usize = measured.iter().map(|(_, samples)| samples.len()).sum();
        let mut by_count = BTreeMap::<usize, Vec<f64>>::new();
        for (workers, samples) in measured.into_iter().filter(|(workers, _)| *workers > 0) {
            let times = samples.into_iter().filter(|seconds| TIMES.contains(seconds));
            by_count.entry(workers).or_default().extend(times);
        }
        by_count.retain(|_, samples| !samples.is_empty());
        let points: Vec<Point> = by_count.into_iter().map(Point::sorted).collect();
        let kept: usize = points.iter().map(|point| point.samples.len()).sum();
        Curve { points, dropped: given - kept }
    }

    /// The worker counts, from few to many, each once.
    pub fn counts(&self) -> Vec<usize> {
        self.points.iter().map(|point| point.workers).collect()
    }

    /// The median time of `workers` workers in seconds; `None` where that count was not measured.
    pub fn median(&self, workers: usize) -> Option<f64> {
        let point = self.points.iter().find(|point| point.workers == workers)?;
        Some(point.median())
    }

    /// How many samples were left out because they are no times.
    pub fn dropped(&self) -> usize {
        self.dropped
    }

    pub(super) fn points(&self) -> &[Point] {
        &self.points
    }

    /// The largest count; zero for an empty curve.
    pub(super) fn largest(&self) -> usize {
        self.points.last().map_or(0, |point| point.workers)
    }

    /// The number of samples of the count that has fewest; zero for an empty curve.
    pub(super) fn fewest_samples(&self) -> usize {
        self.points.iter().map(|point| point.samples.len()).min().unwrap_or(0)
    }
}

impl Point {
    fn sorted((workers, mut samples): (usize, Vec<f64>)) -> Self {
        samples.sort_by(f64::total_cmp);
        Point { workers, samples }
    }

    pub(super) fn median(&self) -> f64 {
        let last = self.samples.len() - 1;
        f64::midpoint(self.samples[last / 2], self.samples[last.div_ceil(2)])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_time_is_left_out_and_counted() {
        let bad = vec![0.0, -1.0, f64::NAN, f64::INFINITY, f64::NEG_INFINITY, 5e-324, 1e300];
        let curve = Curve::new(vec![(0, vec![1.0]), (1, vec![2.0]), (2, bad), (3, vec![])]);
        assert_eq!(curve.counts(), [1]);
        assert_eq!(curve.dropped(), 8);
    }

    #[test]
    fn medians_of_odd_and_even_numbers_of_samples() {
        let curve = Curve::new(vec![(1, vec![3.0, 1.0, 2.0]), (2, vec![4.0, 1.0, 2.0, 8.0])]);
        assert_eq!(curve.median(1), Some(2.0));
        assert_eq!(curve.median(2), Some(3.0));
        assert_eq!(curve.median(3), None);
        assert_eq!((curve.largest(), curve.fewest_samples()), (2, 3));
    }

    #[test]
    fn nothing_is_an_empty_curve() {
        let curve = Curve::new(vec![]);
        assert!(curve.counts().is_empty());
        assert_eq!((curve.largest(), curve.fewest_samples()), (0, 0));
    }
}
