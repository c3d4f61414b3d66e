use std::ops::Range;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::time::Instant;

use kernels::{Event, Integers, Kernel, Known, Span, Workers};
use measure::Error;
use measure::audit::{Audit, Audited};

/// What a row does with a range of terms.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Act {
    /// It adds them up, and writes nothing.
    Sum,
    /// It writes results for them, or counts them: each term once in a run.
    Write,
}

/// Sees what the rows do.
///
/// A row is generic over its recorder, so it is compiled twice: with `Silent` for the clock, where
/// nothing is left of the recorder, and with `Recording` for the audit. It cannot ask which of the two
/// it has.
pub trait Recorder: Sync {
    /// Does `work` on the terms of `range`, and takes note of it.
    fn record<T>(&self, act: Act, range: Range<u64>, work: impl FnOnce() -> T) -> T;
}

/// Takes note of nothing: for the clock.
#[derive(Debug, Clone, Copy)]
pub struct Silent;

impl Recorder for Silent {
    #[inline(always)]
    fn record<T>(&self, _: Act, _: Range<u64>, work: impl FnOnce() -> T) -> T {
        work()
    }
}

/// Takes note of who did what, and when: for the audit.
#[derive(Debug, Clone)]
pub struct Recording {
    /// The audit of the house is a kernel; this one is never asked for a sum, only told of spans.
    written: Audited<Integers>,
    summed: std::sync::Arc<AtomicU64>,
}

impl Recording {
    /// A record that is empty.
    ///
    /// # Errors
    ///
    /// None that a program of this lesson ever sees.
    pub fn new() -> Result<Self, Error> {
        Ok(Recording { written: Audited::new(Integers::new(0)?), summed: Default::default() })
    }

    /// Ends the record of a run by so many workers: who wrote what; and how many terms were added up without
    /// writing anything.
    pub fn finish(self, workers: Workers) -> (Audit, u64) {
        // Relaxed: the workers have ended.
        let summed = self.summed.load(Relaxed);
        (self.written.finish(workers), summed)
    }
}

impl Recorder for Recording {
    fn record<T>(&self, act: Act, range: Range<u64>, work: impl FnOnce() -> T) -> T {
        let start = Instant::now();
        let result = work();
        match act {
            // Relaxed: only the total counts.
            Act::Sum => drop(self.summed.fetch_add(range.end - range.start, Relaxed)),
            Act::Write => self.written.record(Event::Summed(Span::mine(range, start))),
        }
        result
    }
}
