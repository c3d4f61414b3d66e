//! What a speedup is measured against: the ideal, what the machine gave, the most that it can do.

use draw::Mark;
use kernels::{Ceiling, KernelName};

use super::View;
use crate::chart::words;
use crate::results::Results;

impl View<'_> {
    /// Workers and the cores that the machine gave them, times `factor`.
    pub(super) fn given(&self, factor: f64) -> Vec<(f64, f64)> {
        let given = self.curves.given().into_iter();
        given.map(|(workers, cores)| (workers as f64, cores.median * factor)).collect()
    }

    pub(super) fn ideal(&self) -> Vec<(f64, f64)> {
        let end = self.curves.full().unwrap_or(1).max(2) as f64;
        vec![(1.0, 1.0), (end, end)]
    }

    /// The most that the machine can do over what the baseline does.
    pub(super) fn ceiling(&self) -> Option<Vec<(f64, f64)>> {
        let ceilings = &self.results.machine.ceilings;
        let rate = self.curves.baseline_rate()?;
        let end = self.curves.full().unwrap_or(1).max(2) as f64;
        let kernel: KernelName = self.kernel.parse().ok()?;
        let per_core = match kernel.description().ceiling? {
            Ceiling::Additions => ceilings.additions_per_second_per_core / rate,
            Ceiling::Divisions => ceilings.divisions_per_second_per_core / rate,
            Ceiling::Bandwidth => {
                let all = memory_ceiling(self.results, rate);
                return shown(all).then(|| vec![(1.0, all), (end, all)]);
            }
        };
        shown(per_core).then(|| vec![(1.0, per_core), (end, per_core * end)])
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

/// Bytes of one term of `memory`.
const BYTES_PER_TERM: f64 = 8.0;

/// How many times as fast as the baseline the memory can be read.
pub(super) fn memory_ceiling(results: &Results, terms_per_second: f64) -> f64 {
    results.machine.ceilings.read_bytes_per_second / BYTES_PER_TERM / terms_per_second
}

pub(super) fn shown(value: f64) -> bool {
    words::SHOWABLE.contains(&value)
}
