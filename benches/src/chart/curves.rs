//! The measurements of one question and kernel as curves: one per strategy, over the workers.

use std::collections::{BTreeMap, BTreeSet};

use draw::Look;
use kernels::KernelName;
use measure::Interval;

use super::words::sound;
use crate::figures::distinct;
use crate::renamed;
use crate::results::{Measured, Question, Results};
use crate::slugs;

/// One strategy, by the number of workers.
pub(super) struct Curve<'a> {
    pub(super) strategy: &'a str,
    pub(super) look: Look,
    pub(super) points: BTreeMap<usize, &'a Measured>,
}

/// All curves of one question and kernel.
pub(super) struct Curves<'a> {
    pub(super) all: Vec<Curve<'a>>,
    /// The cores that the process could use.
    pub(super) usable: usize,
}

/// The strategies that look the same in all charts.
const KNOWN: [&str; 10] = [
    "scoped",
    "rayon-join",
    "self-scheduled",
    "channel",
    "deques",
    "pool",
    "chili",
    "rayon-chunks",
    "simd",
    "hot-team",
];

/// The look of each of `names`, in their order.
pub(super) fn looks(names: &[&str]) -> Vec<Look> {
    let names: Vec<&str> = names.iter().map(|name| renamed::now(name)).collect();
    draw::looks(&names, &KNOWN)
}

/// The kernels that `question` was asked of, in reading order, each with its slug.
pub(super) fn kernels(results: &Results, question: Question) -> Vec<(&str, String)> {
    in_reading_order(results.of(question).map(|measured| measured.kernel.as_str()))
}

/// Kernels without repetition, each with its slug: the known ones in reading order, then the others.
pub(super) fn in_reading_order<'a>(
    kernels: impl Iterator<Item = &'a str>,
) -> Vec<(&'a str, String)> {
    let mut different = distinct(kernels);
    let known = |kernel: &&str| KernelName::ALL.iter().position(|name| name.as_str() == *kernel);
    // A stable sort: the unknown ones stay as they came.
    different.sort_by_key(|kernel| known(kernel).unwrap_or(usize::MAX));
    let slugs = slugs::unique(different.iter().copied());
    different.into_iter().zip(slugs).collect()
}

impl<'a> Curves<'a> {
    /// Those measurements of `question` on `kernel` that have `quantity`.
    pub(super) fn of(
        results: &'a Results,
        question: Question,
        kernel: &str,
        quantity: fn(&Measured) -> Option<Interval>,
    ) -> Self {
        let mine: Vec<&Measured> = results
            .of(question)
            .filter(|measured| measured.kernel == kernel && measured.workers > 0)
            .filter(|measured| sound(quantity(measured)).is_some())
            .collect();
        let names = distinct(mine.iter().map(|measured| measured.strategy.as_str()));
        let looks = looks(&names);
        let curve = |(strategy, look): (&'a str, Look)| {
            let own = mine.iter().filter(|measured| measured.strategy == strategy);
            Curve { strategy, look, points: own.map(|&one| (one.workers, one)).collect() }
        };
        let all = names.into_iter().zip(looks).map(curve).collect();
        Curves { all, usable: results.machine.usable_cores.max(1) }
    }

    /// Every measurement, strategy by strategy.
    pub(super) fn points(&self) -> impl Iterator<Item = &'a Measured> {
        self.all.iter().flat_map(|curve| curve.points.values().copied())
    }

    /// All worker counts.
    pub(super) fn counts(&self) -> BTreeSet<usize> {
        self.points().map(|measured| measured.workers).collect()
    }

    /// The largest worker count with a core for each worker, or the smallest that there is.
    pub(super) fn full(&self) -> Option<usize> {
        let counts = self.counts();
        counts.range(..=self.usable).next_back().or_else(|| counts.first()).copied()
    }

    /// How many cores the machine gave by worker count, over the samples of all strategies.
    pub(super) fn given(&self) -> BTreeMap<usize, Interval> {
        let mut samples: BTreeMap<usize, Vec<f64>> = BTreeMap::new();
        for measured in self.points() {
            let cores = measured.cores.iter().filter(|cores| cores.is_finite());
            samples.entry(measured.workers).or_default().extend(cores);
        }
        let medians = samples.into_iter();
        medians
            .filter_map(|(workers, cores)| Some((workers, sound(Interval::of(&cores))?)))
            .collect()
    }

    /// Terms per second of the baseline, over the samples of all strategies.
    pub(super) fn baseline_rate(&self) -> Option<f64> {
        let rates = self.points().flat_map(|measured| {
            measured.baseline.iter().map(|seconds| measured.baseline_terms as f64 / seconds)
        });
        let finite: Vec<f64> = rates.filter(|rate| rate.is_finite()).collect();
        sound(Interval::of(&finite)).map(|rate| rate.median)
    }
}
