use std::ops::Range;
use std::time::Duration;

use kernels::WorkerId;

use super::coverage::Coverage;
use super::log::LoggedSpan;

/// What an audited run showed.
#[derive(Debug, Clone)]
pub struct Audit {
    /// One entry per worker asked for, in the order of their first terms; idle ones last.
    pub workers: Vec<AuditedWorker>,
    /// Every span of terms, in order.
    pub spans: Vec<AuditedSpan>,
    /// The phases that the strategy told of.
    pub phases: Vec<(&'static str, Duration)>,
    /// Whether the strategy tells of its steals.
    pub steals_known: bool,
    /// Whether every span was kept: a worker that jumps about makes more than there is room for.
    pub complete: bool,
    /// Whether the strategy itself reported who summed what, and no kernel saw it.
    pub reported: bool,
    /// Whether a device beside the cores summed some of it.
    pub by_device: bool,
}

/// What one worker did.
#[derive(Debug, Clone)]
pub struct AuditedWorker {
    /// Its number, from 0.
    pub worker: usize,
    /// `thread 1`, `process 4711` or `device 1`; `idle` for a worker that summed nothing.
    pub id: String,
    /// Its process, where it is another one.
    pub process: Option<u32>,
    /// How many terms it summed.
    pub terms: u64,
    /// In how many spans.
    pub ranges: usize,
    /// How long it was busy with them.
    pub busy: Duration,
    /// When it began, from the start of the run.
    pub start: Duration,
    /// When it was done, from the start of the run.
    pub end: Duration,
    /// How often it took work from another.
    pub steals: u64,
    pub(super) first_term: u64,
}

/// A span of terms that one worker summed.
#[derive(Debug, Clone)]
pub struct AuditedSpan {
    /// The terms.
    pub range: Range<u64>,
    /// Who summed it: the number of an entry in [`Audit::workers`].
    pub worker: usize,
    /// Whether it begins with work that the worker had just taken from another.
    pub stolen: bool,
    /// The process, where it is another one.
    pub process: Option<u32>,
    /// From the start of the run.
    pub start: Duration,
    /// From the start of the run.
    pub end: Duration,
}

impl AuditedSpan {
    pub(super) fn of(worker: &AuditedWorker, span: &LoggedSpan) -> Self {
        AuditedSpan {
            range: span.range.clone(),
            worker: worker.worker,
            stolen: span.stolen,
            process: worker.process,
            start: Duration::from_nanos(span.start),
            end: Duration::from_nanos(span.end),
        }
    }
}

impl AuditedWorker {
    /// The threads of this process are given their names later, in the order of their terms.
    pub(super) fn of(id: WorkerId, spans: &[LoggedSpan], steals: u64) -> Option<Self> {
        let (process, id) = match id {
            WorkerId::ThisThread => (None, String::new()),
            WorkerId::Process(process) => (Some(process), format!("process {process}")),
            WorkerId::Device(number) => (None, format!("device {number}")),
            WorkerId::ThreadOf(process, thread) => {
                (Some(process), format!("thread {thread} of process {process}"))
            }
        };
        let first_term = spans.iter().map(|span| span.range.start).min()?;
        let busy = spans.iter().map(|span| span.end.saturating_sub(span.start)).sum();
        Some(AuditedWorker {
            worker: 0,
            id,
            process,
            terms: spans.iter().map(|span| span.range.end - span.range.start).sum(),
            ranges: spans.len(),
            busy: Duration::from_nanos(busy),
            start: Duration::from_nanos(spans.iter().map(|span| span.start).min()?),
            end: Duration::from_nanos(spans.iter().map(|span| span.end).max()?),
            steals,
            first_term,
        })
    }

    pub(super) fn idle(worker: usize) -> Self {
        AuditedWorker {
            worker,
            id: "idle".to_owned(),
            process: None,
            terms: 0,
            ranges: 0,
            busy: Duration::ZERO,
            start: Duration::ZERO,
            end: Duration::ZERO,
            steals: 0,
            first_term: u64::MAX,
        }
    }
}

impl Audit {
    /// Whether the ranges cover 0..`terms` with no gap and no overlap.
    pub fn tiles(&self, terms: u64) -> bool {
        self.tiles_from(0, terms)
    }

    /// Whether they cover so many terms from `first` on, with no gap and no overlap.
    pub fn tiles_from(&self, first: u64, terms: u64) -> bool {
        let mut spans = self.spans.iter();
        let reached = spans.try_fold(first, |reached, span| {
            (span.range.start == reached).then_some(span.range.end)
        });
        reached == Some(first + terms)
    }

    /// Which of `terms` terms were not summed exactly once, in words: `3 terms too few: 7..10 were never summed`.
    pub fn coverage(&self, terms: u64) -> String {
        Coverage::of(self, terms).to_string()
    }

    /// Whether nobody asked the kernel for any of `terms` terms.
    pub fn saw_nothing_of(&self, terms: u64) -> bool {
        terms > 0 && self.complete && self.spans.is_empty()
    }

    /// How many workers summed at least one term.
    pub fn busy_workers(&self) -> usize {
        self.workers.iter().filter(|worker| worker.terms > 0).count()
    }

    /// Seconds that other processes were busy.
    pub fn busy_elsewhere(&self) -> f64 {
        let elsewhere = self.workers.iter().filter(|worker| worker.process.is_some());
        elsewhere.map(|worker| worker.busy.as_secs_f64()).sum()
    }

    /// Per worker, how often it took work from another; `None` where nobody told.
    pub fn steals(&self) -> Option<Vec<u64>> {
        self.steals_known.then(|| self.workers.iter().map(|worker| worker.steals).collect())
    }

    /// The longest busy time over the mean; 1 is perfectly fair. `None` where nobody was busy.
    pub fn imbalance(&self) -> Option<f64> {
        let busy = || self.workers.iter().map(|worker| worker.busy.as_secs_f64());
        let mean = busy().sum::<f64>() / self.workers.len() as f64;
        (mean > 0.0).then(|| busy().fold(0.0, f64::max) / mean)
    }
}
