use std::sync::Mutex;
use std::time::Instant;

use super::Lesson;
use crate::kernel::{Integers, Known, Memory, Pi, Primes};
use crate::machine::Machine;
use crate::measure::{Bench, Interval, Plan, Results};
use crate::report::units::{percent, three_digits};
use crate::report::{Glance, GlanceRow};
use crate::watch::Watch;
use crate::{Error, KernelName, Strategy, Workers};

/// A short look at the other kernels, with the best strategy of this one.
pub(super) struct Look<'l> {
    pub(super) best: &'l str,
    pub(super) counts: &'l [Workers],
    pub(super) machine: &'l Machine,
    pub(super) watch: &'l Watch,
    pub(super) with_baseline: bool,
    pub(super) until: Instant,
    pub(super) tick: &'l dyn Fn(),
}

impl Look<'_> {
    /// One row for each kernel but `this`; those that cannot run here are left out.
    pub(super) fn at_other_kernels<L: Lesson>(&self, this: KernelName) -> Glance {
        let mut rows = Vec::new();
        let others: Vec<KernelName> =
            KernelName::ALL.into_iter().filter(|kernel| *kernel != this).collect();
        for (kernel, left) in others.iter().zip((1..=others.len() as u32).rev()) {
            let now = Instant::now();
            let until = now + self.until.saturating_duration_since(now) / left;
            let row = match kernel {
                KernelName::Integers => self.at::<L, Integers>(until),
                KernelName::Memory => self.at::<L, Memory>(until),
                KernelName::Pi => self.at::<L, Pi>(until),
                KernelName::Primes => self.at::<L, Primes>(until),
            };
            rows.extend(row.ok().flatten());
        }
        Glance { strategy: self.best.to_owned(), rows }
    }

    fn at<L: Lesson, K: Known>(&self, until: Instant) -> Result<Option<GlanceRow>, Error> {
        let kernel = K::with_home(K::DEFAULT_TERMS, L::HOME)?;
        let results = Mutex::new(Results::default());
        let bench = Bench::new(kernel, K::DEFAULT_TERMS, self.with_baseline, self.watch, &results)?;
        let table: Vec<Strategy<K>> = L::strategies();
        let Some(strategy) = table.iter().find(|strategy| strategy.name == self.best) else {
            return Ok(None);
        };
        bench.measure(&[strategy], self.counts, Plan { rounds: None, until }, self.tick);
        drop(bench);
        let results = results.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner);
        let speedups: Vec<(usize, f64)> = results
            .rows
            .iter()
            .filter(|row| row.verdict.is_none())
            .filter_map(|row| Some((row.workers.get(), Interval::of(&row.speedups)?.median)))
            .collect();
        let strategy = self.best.to_owned();
        let limit = self.limit::<K>(&results);
        Ok((!speedups.is_empty()).then_some(GlanceRow {
            kernel: K::NAME,
            strategy,
            speedups,
            limit,
        }))
    }

    /// What limits the row with the most workers, in a few words.
    fn limit<K: Known>(&self, results: &Results) -> String {
        let Some(row) = results.rows.last() else { return String::new() };
        let (time, share) = (Interval::of(&row.seconds), Interval::of(&row.shares));
        let (Some(time), Some(share)) = (time, share) else { return String::new() };
        let share = share.median;
        match K::NAME {
            KernelName::Memory => {
                let rate = row.terms as f64 * K::BYTES_PER_TERM as f64 / time.median;
                let ceiling = self.machine.ceilings.read_bytes_per_second;
                let gigabytes = |rate: f64| three_digits(rate * 1e-9);
                format!("the memory: {} of {} GB/s", gigabytes(rate), gigabytes(ceiling.max(rate)))
            }
            KernelName::Primes if share < 0.85 => "unfair: see work-stealing".to_owned(),
            _ if share >= 0.85 => "the cores are the limit".to_owned(),
            _ => format!("sharing costs {}", percent(1.0 - share)),
        }
    }
}
