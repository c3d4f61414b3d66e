//! Who summed what, and when: a kernel that wraps a kernel and takes notes.
//!
//! A strategy that is run on an [`Audited`] kernel does not know it: it calls `sum` and `term` as
//! always. Each thread writes to a log of its own, so that the notes do not make the
//! threads wait for each other; ranges that follow one another are one stretch in it. Never on
//! while a clock is running.

mod log;
mod run;
mod summary;
mod time_shares;

use std::cell::RefCell;
use std::ops::Range;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering::Relaxed};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use log::{Log, Noted};
pub use run::{AuditedRun, audited};
pub use summary::{Audit, AuditedPiece, AuditedWorker};
pub use time_shares::TimeShares;

use kernels::{Event, Kernel, Span, Spec, WorkerId, Workers};

/// A kernel that notes each range and term that is summed, and passes the call on.
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
    book: Arc<Book>,
}

/// What all clones of one audited kernel share.
#[derive(Debug)]
struct Book {
    number: u64,
    opened: Instant,
    logs: Mutex<Vec<Arc<Log>>>,
    reported: Mutex<Vec<Span>>,
    phases: Mutex<Vec<(&'static str, Duration)>>,
    steals_known: AtomicBool,
}

thread_local! {
    /// The log that this thread writes to, and the number of the book that it belongs to.
    static LOG: RefCell<(u64, Arc<Log>)> = RefCell::default();
}

impl<K: Kernel> Audited<K> {
    /// Opens a new book around `kernel`.
    pub fn new(kernel: K) -> Self {
        static BOOKS: AtomicU64 = AtomicU64::new(1);
        let book = Book {
            number: BOOKS.fetch_add(1, Relaxed),
            opened: Instant::now(),
            logs: Mutex::default(),
            reported: Mutex::default(),
            phases: Mutex::default(),
            steals_known: AtomicBool::new(false),
        };
        Audited { kernel, book: Arc::new(book) }
    }

    /// Closes the book. To be called once the strategy has returned; `workers` is the number that
    /// it was asked to use.
    pub fn finish(self, workers: Workers) -> Audit {
        self.book.summary(workers)
    }

    fn now(&self) -> u64 {
        nanoseconds(self.book.opened.elapsed())
    }

    fn with_log<R>(&self, write: impl FnOnce(&Log) -> R) -> R {
        LOG.with_borrow_mut(|(number, log)| {
            if *number != self.book.number {
                *number = self.book.number;
                *log = Arc::default();
                locked(&self.book.logs).push(Arc::clone(log));
            }
            write(log)
        })
    }
}

impl<K: Kernel> Kernel for Audited<K> {
    fn sum(&self, range: Range<u64>) -> u64 {
        let start = self.now();
        let sum = self.kernel.sum(range.clone());
        self.with_log(|log| log.note(range, start, self.now()));
        sum
    }

    #[inline]
    fn term(&self, i: u64) -> u64 {
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

    fn record(&self, event: Event) {
        match event {
            Event::ReportsSteals => self.book.steals_known.store(true, Relaxed),
            Event::Stole => self.with_log(Log::stole),
            Event::Phase(phase, time) => locked(&self.book.phases).push((phase, time)),
            Event::Summed(span) if span.worker == WorkerId::ThisThread => {
                let (start, end) = (self.book.since(span.start), self.book.since(span.end));
                self.with_log(|log| log.note(span.range, start, end));
            }
            Event::Summed(span) => locked(&self.book.reported).push(span),
        }
    }

    fn is_recording(&self) -> bool {
        true
    }
}

impl Book {
    /// Nanoseconds from the opening of the book to `time`.
    fn since(&self, time: Instant) -> u64 {
        nanoseconds(time.saturating_duration_since(self.opened))
    }

    fn summary(&self, asked: Workers) -> Audit {
        let mut found: Vec<(AuditedWorker, Vec<Noted>)> = Vec::new();
        for log in locked(&self.logs).iter() {
            let stretches = log.stretches();
            let steals = log.steals.load(Relaxed);
            let worker = AuditedWorker::of(WorkerId::ThisThread, &stretches, steals);
            found.extend(worker.map(|worker| (worker, stretches)));
        }
        for (id, stretches) in self.reported_by_worker() {
            let worker = AuditedWorker::of(id, &stretches, 0);
            found.extend(worker.map(|worker| (worker, stretches)));
        }
        found.sort_by_key(|(worker, _)| worker.first_term);
        let mut pieces: Vec<AuditedPiece> = Vec::new();
        let mut workers: Vec<AuditedWorker> = Vec::new();
        for (number, (mut worker, stretches)) in found.into_iter().enumerate() {
            worker.worker = number;
            if worker.id.is_empty() {
                worker.id = format!("thread {}", number + 1);
            }
            pieces.extend(stretches.iter().map(|noted| AuditedPiece::of(&worker, noted)));
            workers.push(worker);
        }
        pieces.sort_by_key(|piece| piece.range.start);
        while workers.len() < asked.get() {
            workers.push(AuditedWorker::idle(workers.len()));
        }
        let phases = locked(&self.phases).clone();
        let steals_known = self.steals_known.load(Relaxed);
        let complete = !locked(&self.logs).iter().any(|log| log.too_many.load(Relaxed));
        Audit { workers, pieces, phases, steals_known, complete }
    }

    /// The pieces that other processes reported, as stretches of each worker.
    fn reported_by_worker(&self) -> Vec<(WorkerId, Vec<Noted>)> {
        let mut by_worker: Vec<(WorkerId, Vec<Noted>)> = Vec::new();
        for piece in locked(&self.reported).iter().filter(|piece| !piece.range.is_empty()) {
            let (start, end) = (self.since(piece.start), self.since(piece.end));
            let noted = Noted { range: piece.range.clone(), start, end, stolen: false };
            match by_worker.iter_mut().find(|(known, _)| *known == piece.worker) {
                Some((_, stretches)) => stretches.push(noted),
                None => by_worker.push((piece.worker, vec![noted])),
            }
        }
        by_worker
    }
}

fn nanoseconds(time: Duration) -> u64 {
    u64::try_from(time.as_nanos()).unwrap_or(u64::MAX)
}

/// The lock's content, also after a worker panicked while it held the lock: notes stay notes.
fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests;
