//! Picks single figures out of results. Whatever a file holds, a figure is a finite number above
//! zero, or it is not there.

use std::cmp::Ordering;
use std::collections::BTreeSet;

use measure::{Interval, believable_share};

use crate::results::{Measured, Question, Results};

/// The median, where it is a number that can be shown.
pub fn median(interval: Option<Interval>) -> Option<f64> {
    interval.map(|interval| interval.median).filter(|median| median.is_finite() && *median > 0.0)
}

/// The kernels of one question, in the order in which they were measured.
pub fn kernels(results: &Results, question: Question) -> Vec<&str> {
    distinct(results.of(question).map(|measured| measured.kernel.as_str()))
}

/// The strategies of one question and kernel, in the order in which they were measured.
pub fn strategies<'a>(results: &'a Results, question: Question, kernel: &str) -> Vec<&'a str> {
    let of_kernel = results.of(question).filter(|measured| measured.kernel == kernel);
    distinct(of_kernel.map(|measured| measured.strategy.as_str()))
}

/// The worker counts of one question and kernel, rising.
pub fn worker_counts(results: &Results, question: Question, kernel: &str) -> Vec<usize> {
    let of_kernel = results.of(question).filter(|measured| measured.kernel == kernel);
    let mut counts: Vec<usize> = of_kernel.map(|measured| measured.workers).collect();
    counts.sort_unstable();
    counts.dedup();
    counts
}

/// One measurement.
pub fn find<'a>(
    results: &'a Results,
    question: Question,
    kernel: &str,
    strategy: &str,
    workers: usize,
) -> Option<&'a Measured> {
    results.of(question).find(|measured| {
        measured.workers == workers && measured.strategy == strategy && measured.kernel == kernel
    })
}

/// The largest measured worker count up to the usable cores.
pub fn full_count(results: &Results, question: Question, kernel: &str) -> Option<usize> {
    let usable = results.machine.usable_cores;
    worker_counts(results, question, kernel).into_iter().rfind(|count| *count <= usable)
}

/// The strategy with the best speedup on all usable cores.
pub fn best<'a>(results: &'a Results, question: Question, kernel: &str) -> Option<&'a Measured> {
    let workers = full_count(results, question, kernel)?;
    let full = results.of(question).filter(|measured| measured.kernel == kernel);
    full.filter(|measured| measured.workers == workers)
        .filter_map(|measured| Some((measured, median(measured.speedup())?)))
        .max_by(|one, other| one.1.total_cmp(&other.1))
        .map(|(measured, _)| measured)
}

/// Seconds of one sum as they are shown beside a speedup: those of one core over the speedup. Where none was
/// measured, as they are.
///
/// One core is the median of all that was measured of the question and the kernel. So the ratio of two
/// times that are shown is that of their speedups, although minutes may lie between them, and the machine
/// may have been another one.
pub fn time(results: &Results, measured: &Measured) -> Option<Interval> {
    let speedup = measured.speedup().filter(|speedup| median(Some(*speedup)).is_some());
    let (Some(speedup), Some(alone)) = (speedup, alone(results, measured)) else {
        return measured.time();
    };
    let alone = alone * measured.terms as f64 / measured.baseline_terms as f64;
    let time = |speedup: f64| alone / speedup;
    Some(Interval {
        median: time(speedup.median),
        low: speedup.high.map(time),
        high: speedup.low.map(time),
    })
}

/// Seconds of the baseline, in the samples of everything that was compared with the same one.
fn alone(results: &Results, measured: &Measured) -> Option<f64> {
    let same = results.of(measured.question).filter(|one| {
        one.kernel == measured.kernel && one.baseline_terms == measured.baseline_terms
    });
    middle(&same.flat_map(|one| one.baseline.iter().copied()).collect::<Vec<f64>>())
}

/// Which part of the control `measured` reached; `None` where that cannot be.
pub fn share_of_control(measured: &Measured) -> Option<Interval> {
    let share = measured.share_of_control().filter(|share| median(Some(*share)).is_some());
    share.and_then(believable_share)
}

/// Seconds of one term.
pub fn per_term(measured: &Measured) -> Option<f64> {
    median(measured.per_term())
}

/// Bytes a second that a sum of `memory` read: eight for each term.
pub fn bytes_per_second(measured: &Measured) -> Option<f64> {
    per_term(measured).map(|seconds| 8.0 / seconds)
}

/// Whether `one` exceeds `other` beyond noise.
pub fn surely_above(one: Option<Interval>, other: Option<Interval>) -> bool {
    let bounds = one.and_then(|one| one.low).zip(other.and_then(|other| other.high));
    bounds.is_some_and(|(low, high)| low > high)
}

/// On which side of 1 a ratio surely lies; `None` where its interval holds 1, and where it has none.
pub fn side_of_one(ratio: &Interval) -> Option<Ordering> {
    match (ratio.low, ratio.high) {
        (_, Some(high)) if high < 1.0 => Some(Ordering::Less),
        (Some(low), _) if low > 1.0 => Some(Ordering::Greater),
        _ => None,
    }
}

/// The median of plain numbers.
pub fn middle(numbers: &[f64]) -> Option<f64> {
    median(Interval::of(numbers))
}

/// The names without repetition, as they came.
pub(crate) fn distinct<'a>(names: impl Iterator<Item = &'a str>) -> Vec<&'a str> {
    let mut seen = BTreeSet::new();
    names.filter(|name| seen.insert(*name)).collect()
}
