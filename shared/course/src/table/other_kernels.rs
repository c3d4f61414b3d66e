use std::time::Instant;

use kernels::{KernelName, Workers};
use measure::machine::read_rate;
use measure::{Board, Capacity, Error, Plan, Results, Row, Setup};

use super::limit::Limit;
use super::schedule::{Prepare, Schedule};
use crate::report::{OtherKernel, OtherKernels};

/// A short look at the other kernels, with the best strategy of this one.
pub(super) struct Look<'l> {
    pub(super) best: &'l str,
    pub(super) counts: &'l [Workers],
    pub(super) board: &'l Board,
    pub(super) setup: &'l Setup,
    pub(super) with_baseline: bool,
    pub(super) until: Instant,
    pub(super) tick: &'l dyn Fn(),
}

impl Look<'_> {
    /// One row for each of `kernels`, and the rows that something speaks against. A kernel that does not
    /// fit this machine is left out.
    pub(super) fn at(
        &self,
        kernels: &[KernelName],
        prepare: &Prepare<'_>,
    ) -> (OtherKernels, Vec<Row>) {
        let (mut rows, mut bad) = (Vec::new(), Vec::new());
        for (kernel, left) in kernels.iter().zip((1..=kernels.len() as u32).rev()) {
            let now = Instant::now();
            let until = now + self.until.saturating_duration_since(now) / left;
            if let Ok((results, ceiling)) = self.at_one(*kernel, prepare, until) {
                rows.extend(row(*kernel, &results, ceiling));
                bad.extend(results.rows.into_iter().filter(|row| row.complaint.is_some()));
            }
        }
        (OtherKernels { strategy: self.best.to_owned(), rows }, bad)
    }

    fn at_one(
        &self,
        kernel: KernelName,
        prepare: &Prepare<'_>,
        until: Instant,
    ) -> Result<(Results, Option<f64>), Error> {
        let terms = kernel.description().default_terms;
        let prepared = prepare(kernel, terms, &|name| name == self.best)?;
        let all = self.setup.context(Workers::usable());
        let numbers = prepared.subject.kernel().numbers();
        let ceiling = numbers.map(|numbers| read_rate(&all, numbers)).transpose()?;
        let board = self.board.beside();
        let mut schedule = Schedule::new(&prepared, self.setup, &board, self.with_baseline);
        schedule.on = Some(kernel);
        let best: Vec<_> = prepared.strategies.iter().collect();
        schedule.measure(&best, self.counts, Plan { rounds: None, until }, self.tick);
        let results = board.results().clone();
        Ok((results, ceiling))
    }
}

fn row(kernel: KernelName, results: &Results, ceiling: Option<f64>) -> Option<OtherKernel> {
    let good = || results.rows.iter().filter(|row| row.complaint.is_none());
    let speedups: Vec<(usize, f64)> = good()
        .filter_map(|row| Some((row.workers.get(), row.interval(&row.speedups)?.median)))
        .collect();
    let fits = good().filter(|row| row.workers <= Workers::usable());
    let most = fits.max_by_key(|row| row.workers);
    let limit = most.and_then(|row| limit(kernel, row, results, ceiling));
    let limit = limit.map(|limit| limit.to_string()).unwrap_or_default();
    (!speedups.is_empty()).then_some(OtherKernel { kernel, speedups, limit })
}

fn limit(kernel: KernelName, row: &Row, results: &Results, ceiling: Option<f64>) -> Option<Limit> {
    let rounds = results.controls.get(&row.workers)?;
    let given: Vec<f64> = rounds.iter().map(Capacity::cores).collect();
    let on_core = |round: &Capacity| round.on_core.as_ref().map(|parts| parts.iter().sum());
    let on_core: Option<Vec<f64>> = rounds.iter().map(on_core).collect();
    let bytes = row.terms as f64 * kernel.description().bytes_per_term as f64;
    let alone = results.interval(&results.baseline)?;
    // Of what is shown beside it: the speedup.
    let time = alone.median / row.interval(&row.speedups)?.median;
    Some(Limit {
        workers: row.workers.get(),
        alone,
        share: row.interval(&row.shares)?,
        cores: results.interval(&given)?,
        on_core: on_core.and_then(|on_core| Some(results.interval(&on_core)?.median)),
        rate: (bytes > 0.0).then_some(bytes / time),
        ceiling,
    })
}

#[cfg(test)]
mod tests {
    use kernels::{Known, Memory};

    use super::*;

    /// The machine was slower from round to round; the row was twice as fast as one core in each.
    #[test]
    fn the_rate_is_that_of_the_speedup_beside_it() {
        let two = Workers::new(2).expect("two");
        let capacity = Capacity { rates: vec![1.0, 1.0], on_core: None };
        let row = Row {
            seconds: vec![0.1, 0.1, 0.4],
            speedups: vec![2.0; 3],
            shares: vec![1.0; 3],
            ..Row::new("scoped", two, 50_000_000)
        };
        let results = Results {
            baseline: vec![0.2, 0.3, 0.8],
            controls: [(two, vec![capacity; 3])].into(),
            rows: vec![row.clone()],
            looks: false,
        };
        let limit = limit(Memory::NAME, &row, &results, None).expect("all was measured");
        // 400 MB, which one core reads in 300 ms.
        assert!((limit.rate.expect("it reads") / (400e6 / 0.15) - 1.0).abs() < 1e-9);
    }
}
