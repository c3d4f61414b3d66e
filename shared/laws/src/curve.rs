use std::collections::BTreeMap;

/// The times of one strategy over the number of workers, and over the cores that these were given.
///
/// Eight workers on four fast and four slow cores have less than eight cores, and no program can change
/// that. So a law is fitted over the *capacity* that was measured beside each time: what is lost then
/// is lost by the program.
///
/// Give it only worker counts up to the usable cores (`kernels::Workers::usable`), and leave out the
/// others yourself: workers that take turns on a core follow no law of scaling. On a machine with
/// two hardware threads a core, the second thread adds less than the first. Where the capacity was not
/// measured, the curve has a kink there that no law knows; a curve up to the physical cores reads better.
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

/// One time, and what the machine gave just then.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Round {
    /// How long the workers took.
    pub seconds: f64,
    /// The capacity: how many cores they had together; 1 is the fastest core alone.
    pub cores: f64,
}

/// The rounds of one worker count: at least one.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Point {
    pub(super) workers: usize,
    /// The shortest time first.
    pub(super) rounds: Vec<Round>,
    /// Places in `rounds`, that with the fewest cores first.
    pub(super) by_cores: Vec<usize>,
}

/// What counts as a time, in seconds: from a picosecond to thirty thousand years. No run is shorter
/// or longer, and the squares of such numbers and of their ratios fit an `f64`.
const TIMES: std::ops::RangeInclusive<f64> = 1e-12..=1e12;

/// What counts as a capacity: less is no measurement.
const CORES: std::ops::RangeInclusive<f64> = 1e-3..=1e30;

impl Curve {
    /// The curve of these worker counts, each with its samples in seconds, where each worker had a core
    /// as fast as the others.
    pub fn new(measured: Vec<(usize, Vec<f64>)>) -> Self {
        let rounds = |(workers, samples): (usize, Vec<f64>)| {
            let round = |seconds| Round { seconds, cores: workers as f64 };
            (workers, samples.into_iter().map(round).collect())
        };
        Curve::of_rounds(measured.into_iter().map(rounds).collect())
    }

    /// The curve of these worker counts, each with its times and the cores that it was given.
    ///
    /// The order does not matter; rounds of a count that comes twice are put together. What is not
    /// a time (zero, negative, infinite, not a number), has no cores, or belongs to zero workers is left
    /// out, and counted: see [`Curve::dropped`]. A count without a time left is no part of the curve.
    pub fn of_rounds(measured: Vec<(usize, Vec<Round>)>) -> Self {
        let given: usize = measured.iter().map(|(_, rounds)| rounds.len()).sum();
        let mut by_count = BTreeMap::<usize, Vec<Round>>::new();
        for (workers, rounds) in measured.into_iter().filter(|(workers, _)| *workers > 0) {
            let timed =
                |round: &Round| TIMES.contains(&round.seconds) && CORES.contains(&round.cores);
            by_count.entry(workers).or_default().extend(rounds.into_iter().filter(timed));
        }
        by_count.retain(|_, rounds| !rounds.is_empty());
        let points: Vec<Point> = by_count.into_iter().map(Point::sorted).collect();
        let kept: usize = points.iter().map(|point| point.rounds.len()).sum();
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

    /// The median capacity of `workers` workers in cores; `None` where that count was not measured.
    pub fn cores(&self, workers: usize) -> Option<f64> {
        let point = self.points.iter().find(|point| point.workers == workers)?;
        Some(point.cores())
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
        self.points.iter().map(|point| point.rounds.len()).min().unwrap_or(0)
    }
}

impl Point {
    fn sorted((workers, mut rounds): (usize, Vec<Round>)) -> Self {
        rounds.sort_by(|one, other| one.seconds.total_cmp(&other.seconds));
        let mut by_cores: Vec<usize> = (0..rounds.len()).collect();
        by_cores.sort_by(|one, other| rounds[*one].cores.total_cmp(&rounds[*other].cores));
        Point { workers, rounds, by_cores }
    }

    /// The median time.
    pub(super) fn median(&self) -> f64 {
        let last = self.rounds.len() - 1;
        f64::midpoint(self.rounds[last / 2].seconds, self.rounds[last.div_ceil(2)].seconds)
    }

    /// The median capacity.
    pub(super) fn cores(&self) -> f64 {
        let last = self.rounds.len() - 1;
        let of_rank = |rank: usize| self.rounds[self.by_cores[rank]].cores;
        f64::midpoint(of_rank(last / 2), of_rank(last.div_ceil(2)))
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
    fn times_and_cores_have_medians_of_their_own() {
        let round = |(seconds, cores)| Round { seconds, cores };
        let rounds = [(3.0, 1.0), (1.0, 1.5), (2.0, 1.9), (1.5, f64::NAN), (1.5, 0.0)].map(round);
        let curve = Curve::of_rounds(vec![(2, rounds.to_vec())]);
        assert_eq!((curve.median(2), curve.cores(2), curve.cores(1)), (Some(2.0), Some(1.5), None));
        assert_eq!(curve.dropped(), 2);
        assert_eq!(Curve::new(vec![(4, vec![1.0])]).cores(4), Some(4.0));
    }

    #[test]
    fn nothing_is_an_empty_curve() {
        let curve = Curve::new(vec![]);
        assert!(curve.counts().is_empty());
        assert_eq!((curve.largest(), curve.fewest_samples()), (0, 0));
    }
}
