use kernels::Ceiling;
use measure::verdict::Verdict;

use super::{Measurements, Run};

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

    /// The fastest parallel run over all terms.
    pub fn best(&self) -> Option<&Run> {
        let whole = self.right().filter(|run| run.terms == self.kernel.terms && run.workers > 1);
        whole.min_by(|a, b| a.time().total_cmp(&b.time()))
    }

    /// Whether the sum is long enough for threads to matter more than their start.
    pub fn is_long(&self) -> bool {
        self.baseline.as_ref().is_some_and(|baseline| baseline.seconds.median >= 1e-3)
    }

    /// How many cores the machine gave to this many workers.
    pub fn cores(&self, workers: usize) -> Option<f64> {
        let control = self.controls.as_ref()?.iter().find(|control| control.workers == workers);
        control.map(|control| control.cores.median)
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
    /// Seconds of one sum, the median; infinite where it was not timed.
    pub fn time(&self) -> f64 {
        self.seconds.as_ref().map_or(f64::INFINITY, |seconds| seconds.interval.median)
    }

    /// Seconds per term.
    pub fn per_term(&self) -> f64 {
        self.time() / self.terms.max(1) as f64
    }

    /// How many workers summed at least one term.
    pub fn busy_workers(&self) -> usize {
        self.audit.iter().filter(|worker| worker.terms > 0).count()
    }
}
