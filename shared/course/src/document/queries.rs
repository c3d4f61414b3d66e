use kernels::Ceiling;
use measure::verdict::Verdict;
use measure::{Interval, believable_share};

use super::{Control, Measurements, Run};

/// The row of the reader's own strategy.
pub(crate) const YOURS: &str = "your-turn";

/// Runs this close to the fastest are as good.
const TIE: f64 = 1.03;

impl Measurements {
    /// The runs whose sum and time can be compared.
    pub fn right(&self) -> impl Iterator<Item = &Run> {
        self.runs.iter().filter(|run| run.verdict == Verdict::Right && run.seconds.is_some())
    }

    /// The run of `strategy` with the most workers up to the usable cores, or else the fewest.
    pub fn main_run(&self, strategy: &str) -> Option<&Run> {
        let fits = |run: &&Run| run.workers <= self.machine.usable_cores;
        let runs = || self.right().filter(|run| run.strategy == strategy);
        runs()
            .filter(fits)
            .max_by_key(|run| run.workers)
            .or_else(|| runs().min_by_key(|run| run.workers))
    }

    /// The best of the `wanted` runs: of those that are right, over all terms and shared, the fastest; where
    /// others are as good, the first of them in reading order. Never the reader's own, which they know.
    pub fn fastest(&self, wanted: impl Fn(&Run) -> bool) -> Option<&Run> {
        let fair = || {
            let whole = self.right().filter(|run| run.terms == self.kernel.terms);
            whole.filter(|run| run.strategy != YOURS && run.is_shared() && wanted(run))
        };
        let fastest = fair().map(Run::time).reduce(f64::min)?;
        fair().find(|run| run.time() <= fastest * TIE)
    }

    /// The best parallel run, on no more workers than there are cores if there is one.
    pub fn best(&self) -> Option<&Run> {
        let several = |run: &Run| run.workers > 1;
        self.fastest(|run| several(run) && run.workers <= self.machine.usable_cores)
            .or_else(|| self.fastest(several))
    }

    /// Whether the sum is long enough for threads to matter more than their start.
    pub fn is_long(&self) -> bool {
        self.baseline.as_ref().is_some_and(|baseline| baseline.seconds.median >= 1e-3)
    }

    /// What the machine gave to this many workers; `None` also for one, who needs no control.
    pub fn control(&self, workers: usize) -> Option<&Control> {
        self.controls.as_ref()?.iter().find(|control| control.workers == workers)
    }

    /// How many cores the machine gave to this many workers: to one, one core by definition.
    pub fn cores(&self, workers: usize) -> Option<f64> {
        let one = (workers == 1 && self.controls.is_some()).then_some(1.0);
        self.control(workers).map(|control| control.cores.median).or(one)
    }

    /// Whether the kernel is bound by bandwidth.
    pub fn reads_memory(&self) -> bool {
        self.kernel.name.description().ceiling == Some(Ceiling::Bandwidth)
    }

    /// Seconds of the baseline for a term.
    pub fn baseline_per_term(&self) -> Option<f64> {
        let terms = self.kernel.terms as f64;
        self.baseline.as_ref().map(|baseline| baseline.seconds.median / terms)
    }
}

impl Run {
    /// Seconds of one sum, as they are shown: the baseline over the speedup, or the median of the rounds
    /// where there is no speedup; infinite where it was not timed.
    ///
    /// The median of a ratio is not the ratio of two medians. So one of the three follows from the others,
    /// and what moves with the machine is the time.
    pub fn time(&self) -> f64 {
        let median = || self.seconds.as_ref().map(|seconds| seconds.interval.median);
        self.comparable_seconds.or_else(median).unwrap_or(f64::INFINITY)
    }

    /// Seconds per term.
    pub fn per_term(&self) -> f64 {
        self.time() / self.terms.max(1) as f64
    }

    /// How many times as long a term takes here as in `other`: the ratio of the times that are shown.
    ///
    /// The interval is that of the rounds, in each of which both were timed. The median of their ratios is
    /// not quite the ratio of the times that are shown, which the interval is made to hold.
    pub fn times_as_long_as(&self, other: &Run) -> Option<Interval> {
        let samples = |run: &Run| Some(run.seconds.as_ref()?.samples.clone());
        let terms = other.terms.max(1) as f64 / self.terms.max(1) as f64;
        let rounds = samples(self)?.into_iter().zip(samples(other)?);
        let ratios: Vec<f64> = rounds.map(|(this, other)| terms * this / other).collect();
        // A document does not say whether the rounds were looked at.
        let interval = Interval::after(&ratios, true)?;
        let median = self.per_term() / other.per_term();
        Some(Interval {
            median,
            low: interval.low.map(|low| low.min(median)),
            high: interval.high.map(|high| high.max(median)),
        })
    }

    /// Which part of the control it reached; `None` where that cannot be: see [`believable_share`].
    pub fn share_of_control(&self) -> Option<f64> {
        self.of_control.and_then(believable_share).map(|share| share.median)
    }

    /// How many cores the machine gave beside this row: its speedup over its share of them, as both are shown.
    /// The [control](Measurements::control) is the median of all rounds, and need not be their ratio.
    pub fn cores_beside(&self) -> Option<f64> {
        Some(self.speedup?.median / self.share_of_control()?)
    }

    /// Whether all was not left to one of several workers, as far as an audit tells.
    pub fn is_shared(&self) -> bool {
        self.workers == 1 || self.audit.is_empty() || self.busy_workers() > 1
    }

    /// How many workers summed at least one term.
    pub fn busy_workers(&self) -> usize {
        self.audit.iter().filter(|worker| worker.terms > 0).count()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::made_up::{integers, run};

    fn best(runs: Vec<Run>) -> Option<String> {
        integers(runs).best().map(|run| run.strategy.clone())
    }

    #[test]
    fn a_row_that_shared_nothing_is_not_the_best() {
        let mut lazy = run("deques", 2, 0.003);
        lazy.audit.truncate(1);
        let rows = vec![run("your-turn", 2, 0.002), lazy.clone(), run("rayon-join", 2, 0.009)];
        assert_eq!(best(rows).as_deref(), Some("rayon-join"));
        assert_eq!(best(vec![lazy]), None);
    }

    #[test]
    fn rows_as_good_are_taken_in_reading_order() {
        let rows = vec![run("spawned", 2, 0.0051), run("scoped", 2, 0.0050)];
        assert_eq!(best(rows).as_deref(), Some("spawned"));
    }

    #[test]
    fn more_workers_than_cores_are_not_the_best_while_there_are_fewer() {
        let (two, eight) = (run("scoped", 2, 0.006), run("channel", 8, 0.005));
        assert_eq!(best(vec![two, eight.clone()]).as_deref(), Some("scoped"));
        assert_eq!(best(vec![eight]).as_deref(), Some("channel"));
    }

    #[test]
    fn rows_have_the_ratio_of_their_times_and_the_interval_of_their_rounds() {
        let with = |name: &str, shown: f64, samples: [f64; 6]| {
            let mut run = run(name, 1, shown);
            run.seconds.as_mut().expect("it is timed").samples = samples.to_vec();
            run
        };
        // The machine was slower from round to round; each time, the first took twice as long.
        let slow = with("slow", 0.0101, [0.006, 0.007, 0.008, 0.009, 0.010, 0.011]);
        let mut fast = with("fast", 0.005, [0.003, 0.0035, 0.004, 0.0045, 0.005, 0.0055]);
        let ratio = slow.times_as_long_as(&fast).expect("both are timed");
        assert!((ratio.median - 2.02).abs() < 1e-9, "{ratio:?}");
        assert!(ratio.low.is_some_and(|low| (low - 2.0).abs() < 1e-9), "{ratio:?}");
        assert_eq!(ratio.high, Some(ratio.median));
        // Half of the terms in the same time.
        fast.terms /= 2;
        let ratio = slow.times_as_long_as(&fast).expect("both are timed");
        assert!((ratio.median - 1.01).abs() < 1e-9, "{ratio:?}");
    }

    #[test]
    fn a_share_is_the_speedup_over_the_cores_beside_it() {
        let mut run = run("scoped", 2, 0.008);
        run.of_control = Some(Interval { median: 0.8, low: None, high: None });
        assert!(run.cores_beside().is_some_and(|cores| (1.25 / cores - 0.8).abs() < 1e-12));
        run.speedup = None;
        assert_eq!(run.cores_beside(), None);
    }

    #[test]
    fn a_share_above_what_was_given_is_none() {
        let mut run = run("scoped", 2, 0.005);
        run.of_control = Some(Interval { median: 1.05, low: Some(1.0), high: Some(1.3) });
        assert_eq!(run.share_of_control(), Some(1.05));
        run.of_control = Some(Interval { median: 1.7, low: None, high: None });
        assert_eq!(run.share_of_control(), None);
    }
}
