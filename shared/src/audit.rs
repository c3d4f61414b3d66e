//! Who summed what, and when: a kernel that wraps a kernel and takes notes.
//!
//! A strategy that is run on an [`Audited`] kernel does not know it: it calls `sum` and `term` as
//! always. Each thread writes to a log of its own, so that the notes do not make the
//! threads wait for each other; ranges that follow one another are one stretch in it. Never on
//! while a clock is running.

use std::cell::RefCell;
use std::ops::Range;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering::Relaxed};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use crate::kernel::{News, Phase, Piece, Spec, WorkerId};
use crate::{Kernel, Workers};

/// A kernel that notes each range and term that is summed, and passes the call on.
///
/// ```
/// use shared::audit::Audited;
/// use shared::kernel::{Integers, Known};
/// use shared::{Kernel, Workers};
/// let kernel = Audited::new(Integers::new(10)?);
/// kernel.sum(0..4);
/// kernel.sum(4..10);
/// let audit = kernel.finish(Workers::ONE);
/// assert!(audit.tiles(10));
/// assert_eq!(audit.workers[0].terms, 10);
/// # Ok::<(), shared::Error>(())
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
    told: Mutex<Vec<Piece>>,
    phases: Mutex<Vec<(Phase, Duration)>>,
    steals_known: AtomicBool,
}

/// The notes of one thread. Only that thread writes; whoever reads does so after the strategy has
/// returned, which every worker's end happened before. So `Relaxed` is enough for all of it.
#[derive(Debug, Default)]
struct Log {
    open: Stretch,
    closed: Mutex<Vec<Noted>>,
    steals: AtomicU64,
}

/// Neighbouring terms that one thread summed one after the other; times in nanoseconds.
#[derive(Debug, Default)]
struct Stretch {
    lo: AtomicU64,
    hi: AtomicU64,
    calls: AtomicU64,
    start: AtomicU64,
    end: AtomicU64,
}

#[derive(Debug, Clone)]
struct Noted {
    range: Range<u64>,
    start: u64,
    end: u64,
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
            told: Mutex::default(),
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
            if log.open.hi.load(Relaxed) == i && log.open.calls.load(Relaxed) > 0 {
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

    fn heard(&self, news: News) {
        match news {
            News::TellsSteals => self.book.steals_known.store(true, Relaxed),
            News::Stole => self.with_log(|log| {
                log.steals.fetch_add(1, Relaxed);
            }),
            News::Phase(phase, time) => locked(&self.book.phases).push((phase, time)),
            News::Summed(piece) if piece.worker == WorkerId::ThisThread => {
                let (start, end) = (self.book.since(piece.start), self.book.since(piece.end));
                self.with_log(|log| log.note(piece.range, start, end));
            }
            News::Summed(piece) => locked(&self.book.told).push(piece),
        }
    }
}

impl Log {
    /// Adds a range: to the open stretch if it follows on, as a new stretch otherwise.
    fn note(&self, range: Range<u64>, start: u64, end: u64) {
        if range.is_empty() {
            return;
        }
        let open = &self.open;
        let follows = open.calls.load(Relaxed) > 0 && open.hi.load(Relaxed) == range.start;
        // A pause between two ranges is not busy time, so stretches merge only without one.
        if follows && start.saturating_sub(open.end.load(Relaxed)) < 1_000 {
            open.hi.store(range.end, Relaxed);
            open.end.store(end, Relaxed);
            open.calls.fetch_add(1, Relaxed);
        } else {
            locked(&self.closed).extend(open.noted());
            open.lo.store(range.start, Relaxed);
            open.hi.store(range.end, Relaxed);
            open.start.store(start, Relaxed);
            open.end.store(end, Relaxed);
            open.calls.store(1, Relaxed);
        }
    }

    fn stretches(&self) -> Vec<Noted> {
        locked(&self.closed).iter().cloned().chain(self.open.noted()).collect()
    }
}

impl Stretch {
    /// One more term at the end. A clock costs ten additions, so it is read at every power
    /// of two and at every 1024th term only.
    #[inline]
    fn grow_by_one(&self, now: impl FnOnce() -> u64) {
        let calls = self.calls.load(Relaxed) + 1;
        self.hi.store(self.hi.load(Relaxed) + 1, Relaxed);
        self.calls.store(calls, Relaxed);
        if calls.is_power_of_two() || calls.is_multiple_of(1024) {
            self.end.store(now(), Relaxed);
        }
    }

    fn noted(&self) -> Option<Noted> {
        let range = self.lo.load(Relaxed)..self.hi.load(Relaxed);
        let (start, end) = (self.start.load(Relaxed), self.end.load(Relaxed));
        (!range.is_empty()).then_some(Noted { range, start, end })
    }
}

impl Book {
    /// Nanoseconds from the opening of the book to `time`.
    fn since(&self, time: Instant) -> u64 {
        nanoseconds(time.saturating_duration_since(self.opened))
    }

    fn summary(&self, asked: Workers) -> Audit {
        let mut pieces: Vec<AuditedPiece> = Vec::new();
        let mut workers: Vec<AuditedWorker> = Vec::new();
        for log in locked(&self.logs).iter() {
            let stretches = log.stretches();
            let steals = log.steals.load(Relaxed);
            workers.extend(AuditedWorker::of(None, &stretches, steals));
            pieces.extend(stretches.iter().map(|noted| AuditedPiece::of(None, noted)));
        }
        for (process, stretches) in self.told_by_process() {
            workers.extend(AuditedWorker::of(Some(process), &stretches, 0));
            pieces.extend(stretches.iter().map(|noted| AuditedPiece::of(Some(process), noted)));
        }
        workers.sort_by_key(|worker| worker.first_term);
        for (number, worker) in workers.iter_mut().enumerate() {
            worker.worker = number;
            worker.id = worker.process.map_or_else(
                || format!("thread {}", number + 1),
                |process| format!("process {process}"),
            );
        }
        pieces.sort_by_key(|piece| piece.range.start);
        while workers.len() < asked.get() {
            workers.push(AuditedWorker::idle(workers.len()));
        }
        let phases = locked(&self.phases).clone();
        let steals_known = self.steals_known.load(Relaxed);
        Audit { workers, pieces, phases, steals_known }
    }

    /// The pieces that other processes reported, as stretches per process.
    fn told_by_process(&self) -> Vec<(u32, Vec<Noted>)> {
        let mut by_process: Vec<(u32, Vec<Noted>)> = Vec::new();
        for piece in locked(&self.told).iter().filter(|piece| !piece.range.is_empty()) {
            let WorkerId::Process(process) = piece.worker else { continue };
            let (start, end) = (self.since(piece.start), self.since(piece.end));
            let noted = Noted { range: piece.range.clone(), start, end };
            match by_process.iter_mut().find(|(known, _)| *known == process) {
                Some((_, stretches)) => stretches.push(noted),
                None => by_process.push((process, vec![noted])),
            }
        }
        by_process
    }
}

/// What an audited run showed.
#[derive(Debug, Clone)]
pub struct Audit {
    /// One entry per worker asked for, in the order of their first terms; idle ones last.
    pub workers: Vec<AuditedWorker>,
    /// Every stretch of terms, in order.
    pub pieces: Vec<AuditedPiece>,
    /// The phases that the strategy told of.
    pub phases: Vec<(Phase, Duration)>,
    /// Whether the strategy tells of its steals.
    pub steals_known: bool,
}

/// What one worker did.
#[derive(Debug, Clone)]
pub struct AuditedWorker {
    /// Its number, from 0.
    pub worker: usize,
    /// `thread 1` or `process 4711`; `idle` for a worker that summed nothing.
    pub id: String,
    /// Its process, where it is another one.
    pub process: Option<u32>,
    /// How many terms it summed.
    pub terms: u64,
    /// In how many stretches.
    pub ranges: usize,
    /// How long it was busy with them.
    pub busy: Duration,
    /// When it began, from the start of the run.
    pub start: Duration,
    /// When it was done, from the start of the run.
    pub end: Duration,
    /// How often it took work from another.
    pub steals: u64,
    first_term: u64,
}

/// A stretch of terms that one worker summed.
#[derive(Debug, Clone)]
pub struct AuditedPiece {
    /// The terms.
    pub range: Range<u64>,
    /// The process, where it is another one.
    pub process: Option<u32>,
    /// From the start of the run.
    pub start: Duration,
    /// From the start of the run.
    pub end: Duration,
}

impl AuditedPiece {
    fn of(process: Option<u32>, noted: &Noted) -> Self {
        let (start, end) = (Duration::from_nanos(noted.start), Duration::from_nanos(noted.end));
        AuditedPiece { range: noted.range.clone(), process, start, end }
    }
}

impl AuditedWorker {
    fn of(process: Option<u32>, stretches: &[Noted], steals: u64) -> Option<Self> {
        let first_term = stretches.iter().map(|noted| noted.range.start).min()?;
        let busy = stretches.iter().map(|noted| noted.end.saturating_sub(noted.start)).sum();
        Some(AuditedWorker {
            worker: 0,
            id: String::new(),
            process,
            terms: stretches.iter().map(|noted| noted.range.end - noted.range.start).sum(),
            ranges: stretches.len(),
            busy: Duration::from_nanos(busy),
            start: Duration::from_nanos(stretches.iter().map(|noted| noted.start).min()?),
            end: Duration::from_nanos(stretches.iter().map(|noted| noted.end).max()?),
            steals,
            first_term,
        })
    }

    fn idle(worker: usize) -> Self {
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
        let reached = self.pieces.iter().try_fold(0, |reached, piece| {
            (piece.range.start == reached).then_some(piece.range.end)
        });
        reached == Some(terms)
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

fn nanoseconds(time: Duration) -> u64 {
    u64::try_from(time.as_nanos()).unwrap_or(u64::MAX)
}

/// The lock's content, also after a worker panicked while it held the lock: notes stay notes.
fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernel::{Integers, Known};

    fn audited(terms: u64) -> Audited<Integers> {
        Audited::new(Integers::new(terms).expect("few terms"))
    }

    #[test]
    fn terms_one_by_one_are_one_stretch() {
        let kernel = audited(5000);
        let sum: u64 = (0..5000).map(|i| kernel.term(i)).sum();
        assert_eq!(sum, 4999 * 5000 / 2);
        let audit = kernel.finish(Workers::ONE);
        assert!(audit.tiles(5000));
        assert_eq!(audit.workers[0].ranges, 1);
        assert!(audit.workers[0].busy > Duration::ZERO);
    }

    #[test]
    fn a_gap_an_overlap_and_a_dropped_tail_do_not_tile() {
        let cases: [&[(u64, u64)]; 4] =
            [&[(0, 4), (5, 10)], &[(0, 6), (5, 10)], &[(0, 9)], &[(0, 10), (0, 10)]];
        for case in cases {
            let kernel = audited(10);
            for (lo, hi) in case {
                kernel.sum(*lo..*hi);
            }
            assert!(!kernel.finish(Workers::ONE).tiles(10), "{case:?}");
        }
    }

    #[test]
    fn nothing_tiles_nothing() {
        assert!(audited(0).finish(Workers::ONE).tiles(0));
        assert!(!audited(1).finish(Workers::ONE).tiles(1));
    }

    #[test]
    fn two_threads_are_two_workers_even_one_after_the_other() {
        let kernel = audited(10);
        for half in [0..5, 5..10] {
            let kernel = kernel.clone();
            std::thread::spawn(move || kernel.sum(half)).join().expect("no panic");
        }
        let audit = kernel.finish(Workers::new(3).expect("three"));
        assert_eq!(audit.busy_workers(), 2);
        assert_eq!(audit.workers.len(), 3);
        assert_eq!(audit.workers[0].id, "thread 1");
        assert_eq!(audit.workers[2].id, "idle");
    }

    #[test]
    fn pieces_from_processes_are_kept_apart() {
        let kernel = audited(10);
        let now = Instant::now();
        for (process, range) in [(7, 0..5), (8, 5..10)] {
            let worker = WorkerId::Process(process);
            kernel.heard(News::Summed(Piece { worker, range, start: now, end: Instant::now() }));
        }
        let audit = kernel.finish(Workers::new(2).expect("two"));
        assert!(audit.tiles(10));
        assert_eq!(audit.workers[1].id, "process 8");
    }
}
