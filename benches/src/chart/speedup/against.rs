//! What a speedup is measured against: the ideal, what the machine gave, the most that it can do.

use draw::Mark;
use kernels::{Ceiling, KernelName};

use super::View;
use crate::chart::words;
use crate::figures::middle;
use crate::results::{Measured, Results};

impl View<'_> {
    /// Workers and the cores that the machine gave them.
    pub(super) fn given(&self) -> Vec<(f64, f64)> {
        let given = self.curves.given().into_iter();
        given.map(|(workers, cores)| (workers as f64, cores.median)).collect()
    }

    pub(super) fn ideal(&self) -> Vec<(f64, f64)> {
        let end = self.curves.full().unwrap_or(1).max(2) as f64;
        vec![(1.0, 1.0), (end, end)]
    }

    /// The most that the machine can do over what the baseline does.
    pub(super) fn ceiling(&self) -> Option<Vec<(f64, f64)>> {
        let rate = self.curves.baseline_rate()?;
        let end = self.curves.full().unwrap_or(1).max(2);
        let at = |workers| most(self.results, self.kernel, rate, workers);
        Some(vec![(1.0, at(1)?), (end as f64, at(end)?)])
    }

    /// The counts of cores that explain a bend.
    pub(super) fn marks(&self) -> Vec<Mark> {
        let machine = &self.results.machine;
        let usable = self.curves.usable;
        let end = usable.max(2);
        let (physical, smt) = (machine.physical_cores, machine.physical_cores < usable);
        let cores = units::count(usable as u64, "usable core");
        let mut marks = vec![Mark { at: usable as f64, name: cores }];
        if smt && physical > 0 {
            marks.push(Mark { at: physical as f64, name: format!("{physical} physical") });
        }
        let quota = machine.cpu_quota.filter(|quota| (1.0..=end as f64).contains(quota));
        marks.extend(quota.map(|quota| Mark {
            at: quota,
            name: format!("quota of {}", units::three_digits(quota)),
        }));
        marks
    }
}

/// How many times as fast as the baseline beside it `one` could be at most.
pub(in crate::chart) fn roof(results: &Results, one: &Measured) -> Option<f64> {
    let alone = middle(&one.baseline)?;
    most(results, &one.kernel, one.baseline_terms as f64 / alone, one.workers)
}

/// How many times as fast as `rate` terms per second `workers` could sum at most.
fn most(results: &Results, kernel: &str, rate: f64, workers: usize) -> Option<f64> {
    let ceilings = &results.machine.ceilings;
    let kernel: KernelName = kernel.parse().ok()?;
    let per_core = match kernel.description().ceiling? {
        Ceiling::Additions => ceilings.additions_per_second_per_core,
        Ceiling::Divisions => ceilings.divisions_per_second_per_core,
        Ceiling::Bandwidth => return Some(memory_ceiling(results, rate)).filter(shown),
    };
    Some(per_core / rate * workers as f64).filter(shown)
}

/// Bytes of one term of `memory`.
const BYTES_PER_TERM: f64 = 8.0;

/// How many times as fast as the baseline the memory can be read.
pub(super) fn memory_ceiling(results: &Results, terms_per_second: f64) -> f64 {
    results.machine.ceilings.read_bytes_per_second / BYTES_PER_TERM / terms_per_second
}

pub(super) fn shown(value: &f64) -> bool {
    words::SHOWABLE.contains(value)
}
