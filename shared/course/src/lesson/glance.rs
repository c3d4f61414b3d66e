use std::marker::PhantomData;
use std::sync::{Mutex, PoisonError};
use std::time::Instant;

use kernels::{Ceiling, KernelName, Known, Visitor, Workers};
use measure::{
    Bench, Error, Interval, Measured, Plan, Results, Strategy, machine::read_rate, watch::Watch,
};
use units::{percent, three_digits};

use super::Lesson;
use crate::{Glance, GlanceRow};

/// A short look at the other kernels, with the best strategy of this one.
pub(super) struct Look<'l> {
    pub(super) best: &'l str,
    pub(super) counts: &'l [Workers],
    pub(super) watch: &'l Watch,
    pub(super) with_baseline: bool,
    pub(super) until: Instant,
    pub(super) tick: &'l dyn Fn(),
}

impl Look<'_> {
    /// One row for each kernel but `this`, and what went wrong on the way. A kernel that does not
    /// fit this machine is left out.
    pub(super) fn at_other_kernels<L: Lesson>(&self, this: KernelName) -> (Glance, Vec<Measured>) {
        let others: Vec<KernelName> =
            L::KERNELS.iter().copied().filter(|kernel| *kernel != this).collect();
        let (mut rows, mut bad) = (Vec::new(), Vec::new());
        for (kernel, left) in others.iter().zip((1..=others.len() as u32).rev()) {
            let now = Instant::now();
            let until = now + self.until.saturating_duration_since(now) / left;
            let look = kernel.visit(At { look: self, until, lesson: PhantomData::<L> });
            if let Ok((results, ceiling)) = look {
                rows.extend(row(*kernel, &results, ceiling));
                bad.extend(results.rows.into_iter().filter(|row| row.verdict.is_some()));
            }
        }
        (Glance { strategy: self.best.to_owned(), rows }, bad)
    }

    fn at<L: Lesson, K: Known>(&self, until: Instant) -> Result<(Results, Option<f64>), Error> {
        let kernel = K::with_home(K::DEFAULT_TERMS, L::HOME)?;
        let ceiling = kernel.numbers().map(|numbers| read_rate(Workers::usable(), numbers));
        let ceiling = ceiling.transpose()?;
        let results = Mutex::new(Results::default());
        let bench = Bench::new(kernel, K::DEFAULT_TERMS, self.with_baseline, self.watch, &results)?
            .elsewhere();
        let table: Vec<Strategy<K>> = L::strategies();
        let best: Vec<&Strategy<K>> =
            table.iter().filter(|strategy| strategy.name == self.best).collect();
        bench.measure(&best, self.counts, Plan { rounds: None, until }, self.tick);
        drop(bench);
        Ok((results.into_inner().unwrap_or_else(PoisonError::into_inner), ceiling))
    }
}

fn row(kernel: KernelName, results: &Results, ceiling: Option<f64>) -> Option<GlanceRow> {
    let right = results.rows.iter().filter(|row| row.verdict.is_none());
    let speedups: Vec<(usize, f64)> = right
        .filter_map(|row| Some((row.workers.get(), Interval::of(&row.speedups)?.median)))
        .collect();
    let limit = limit(kernel, results, ceiling);
    (!speedups.is_empty()).then_some(GlanceRow { kernel, speedups, limit })
}

/// What limits the row with the most workers, in a few words.
fn limit(kernel: KernelName, results: &Results, ceiling: Option<f64>) -> String {
    let Some(row) = results.rows.last() else { return String::new() };
    let (time, share) = (Interval::of(&row.seconds), Interval::of(&row.shares));
    let (Some(time), Some(share)) = (time, share) else { return String::new() };
    let share = share.median;
    let description = kernel.description();
    if description.ceiling == Some(Ceiling::Bandwidth) {
        let rate = row.terms as f64 * description.bytes_per_term as f64 / time.median;
        let ceiling = ceiling.unwrap_or(rate).max(rate);
        let gigabytes = |rate: f64| three_digits(rate * 1e-9);
        let speedup = Interval::of(&row.speedups).map_or(0.0, |speedup| speedup.median);
        if speedup > 0.85 * row.workers.get() as f64 {
            return format!("the cores still: {} GB/s", gigabytes(rate));
        }
        return format!("the memory: {} of {} GB/s", gigabytes(rate), gigabytes(ceiling));
    }
    match share {
        good if good >= 0.85 => "the cores are the limit".to_owned(),
        _ if !description.even => "unfair: see work-stealing".to_owned(),
        _ => format!("sharing costs {}", percent(1.0 - share)),
    }
}

/// The look at one kernel.
struct At<'a, 'l, L> {
    look: &'a Look<'l>,
    until: Instant,
    lesson: PhantomData<L>,
}

impl<L: Lesson> Visitor for At<'_, '_, L> {
    type Output = Result<(Results, Option<f64>), Error>;

    fn visit<K: Known>(self) -> Self::Output {
        self.look.at::<L, K>(self.until)
    }
}
