//! Who summed what, and when: a kernel that wraps a kernel and records.
//!
//! A strategy that is run on an [`Audited`] kernel does not know it: it calls `sum` and `term` as
//! always. Each thread writes to a log of its own, so that recording does not make the
//! threads wait for each other; ranges that follow one another are one span in it. Never on
//! while a clock is running.

mod coverage;
mod log;
mod run;
mod summary;
mod time_shares;

use std::cell::RefCell;
use std::ops::Range;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering::Relaxed};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use log::{Log, LoggedSpan};
pub use run::{AuditedRun, audited, second_look};
pub use summary::{Audit, AuditedSpan, AuditedWorker};
pub use time_shares::TimeShares;

use kernels::{Event, Kernel, Span, Spec, WorkerId, Workers};

use crate::lock::locked;

/// A kernel that records each range and term that is summed, and passes the call on.
///
/// ```
/// use measure::audit::Audited;
/// use kernels::{Integers, Known};
/// use kernels::{Kernel, Workers};
/// let kernel = Audited::new(Integers::new(10)?);
/// kernel.sum(0..4);
/// kernel.sum(4..10);
/// let audit = kernel.finish(Workers::ONE);
/// assert!(audit.tiles(10));
/// assert_eq!(audit.workers[0].terms, 10);
/// # Ok::<(), measure::Error>(())
/// ```
#[derive(Debug, Clone)]
pub struct Audited<K> {
    kernel: K,
    recording: Arc<Recording>,
}

/// What all clones of one audited kernel share.
#[derive(Debug)]
struct Recording {
    number: u64,
    began: Instant,
    logs: Mutex<Vec<Arc<Log>>>,
    reported: Mutex<Vec<Span>>,
    phases: Mutex<Vec<(&'static str, Duration)>>,
    steals_known: AtomicBool,
    spans_reported: AtomicBool,
    too_many: AtomicBool,
}

thread_local! {
    /// The log that this thread writes to, and the number of the recording that it belongs to.
    static LOG: RefCell<(u64, Arc<Log>)> = RefCell::default();
}

impl<K: Kernel> Audited<K> {
    /// Begins a new recording around `kernel`.
    pub fn new(kernel: K) -> Self {
        static RECORDINGS: AtomicU64 = AtomicU64::new(1);
        let recording = Recording {
            number: RECORDINGS.fetch_add(1, Relaxed),
            began: Instant::now(),
            logs: Mutex::default(),
            reported: Mutex::default(),
            phases: Mutex::default(),
            steals_known: AtomicBool::new(false),
            spans_reported: AtomicBool::new(false),
            too_many: AtomicBool::new(false),
        };
        Audited { kernel, recording: Arc::new(recording) }
    }

    /// Ends the recording. To be called once the strategy has returned; `workers` is the number that
    /// it was asked to use.
    pub fn finish(self, workers: Workers) -> Audit {
        self.recording.summary(workers)
    }

    fn now(&self) -> u64 {
        nanoseconds(self.recording.began.elapsed())
    }

    fn with_log<R>(&self, write: impl FnOnce(&Log) -> R) -> R {
        LOG.with_borrow_mut(|(number, log)| {
            if *number != self.recording.number {
                *number = self.recording.number;
                *log = Arc::default();
                locked(&self.recording.logs).push(Arc::clone(log));
            }
            write(log)
        })
    }
}

impl<K: Kernel> Kernel for Audited<K> {
    type Partial = K::Partial;

    fn sum(&self, range: Range<u64>) -> K::Partial {
        let start = self.now();
        let sum = self.kernel.sum(range.clone());
        self.with_log(|log| log.note(range, start, self.now()));
        sum
    }

    #[inline]
    fn term(&self, i: u64) -> K::Partial {
        self.with_log(|log| {
            if log.goes_on_at(i) {
                log.open.grow_by_one(|| self.now());
                self.kernel.term(i)
            } else {
                let start = self.now();
                let term = self.kernel.term(i);
                log.note(i..i + 1, start, self.now());
                term
            }
        })
    }

    fn grain(&self) -> u64 {
        self.kernel.grain()
    }

    fn spec(&self) -> Spec {
        self.kernel.spec()
    }

    fn decode(&self, bytes: &[u8]) -> Option<K::Partial> {
        self.kernel.decode(bytes)
    }

    fn record(&self, event: Event) {
        if let Event::Summed(_) = event {
            self.recording.spans_reported.store(true, Relaxed);
        }
        match event {
            Event::ReportsSteals => self.recording.steals_known.store(true, Relaxed),
            Event::Stole => self.with_log(Log::stole),
            Event::TooMany => self.recording.too_many.store(true, Relaxed),
            Event::Phase(phase, time) => locked(&self.recording.phases).push((phase, time)),
            Event::Summed(span) if span.worker == WorkerId::ThisThread => {
                let (start, end) =
                    (self.recording.since(span.start), self.recording.since(span.end));
                self.with_log(|log| log.note(span.range, start, end));
            }
            Event::Summed(span) => locked(&self.recording.reported).push(span),
        }
    }
}

impl Recording {
    /// Nanoseconds from the beginning of the recording to `time`.
    fn since(&self, time: Instant) -> u64 {
        nanoseconds(time.saturating_duration_since(self.began))
    }

    fn summary(&self, asked: Workers) -> Audit {
        let mut found: Vec<(AuditedWorker, Vec<LoggedSpan>)> = Vec::new();
        for log in locked(&self.logs).iter() {
            let spans = log.spans();
            let steals = log.steals.load(Relaxed);
            let worker = AuditedWorker::of(WorkerId::ThisThread, &spans, steals);
            found.extend(worker.map(|worker| (worker, spans)));
        }
        for (id, spans) in self.reported_by_worker() {
            let worker = AuditedWorker::of(id, &spans, 0);
            found.extend(worker.map(|worker| (worker, spans)));
        }
        found.sort_by_key(|(worker, _)| worker.first_term);
        let mut all: Vec<AuditedSpan> = Vec::new();
        let mut workers: Vec<AuditedWorker> = Vec::new();
        for (number, (mut worker, spans)) in found.into_iter().enumerate() {
            worker.worker = number;
            if worker.id.is_empty() {
                worker.id = format!("thread {}", number + 1);
            }
            all.extend(spans.iter().map(|span| AuditedSpan::of(&worker, span)));
            workers.push(worker);
        }
        all.sort_by_key(|span| span.range.start);
        while workers.len() < asked.get() {
            workers.push(AuditedWorker::idle(workers.len()));
        }
        let phases = locked(&self.phases).clone();
        let steals_known = self.steals_known.load(Relaxed);
        let logged = !locked(&self.logs).iter().any(|log| log.too_many.load(Relaxed));
        let complete = logged && !self.too_many.load(Relaxed);
        let reported = self.spans_reported.load(Relaxed);
        let is_device = |span: &Span| matches!(span.worker, WorkerId::Device(_));
        let by_device = locked(&self.reported).iter().any(is_device);
        Audit { workers, spans: all, phases, steals_known, complete, reported, by_device }
    }

    /// The spans that other processes reported, as spans of each worker.
    fn reported_by_worker(&self) -> Vec<(WorkerId, Vec<LoggedSpan>)> {
        let mut by_worker: Vec<(WorkerId, Vec<LoggedSpan>)> = Vec::new();
        for span in locked(&self.reported).iter().filter(|span| !span.range.is_empty()) {
            let (start, end) = (self.since(span.start), self.since(span.end));
            let logged = LoggedSpan { range: span.range.clone(), start, end, stolen: false };
            match by_worker.iter_mut().find(|(known, _)| *known == span.worker) {
                Some((_, spans)) => spans.push(logged),
                None => by_worker.push((span.worker, vec![logged])),
            }
        }
        by_worker
    }
}

pub(crate) fn nanoseconds(time: Duration) -> u64 {
    u64::try_from(time.as_nanos()).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests;
