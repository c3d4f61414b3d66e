use std::ops::Range;
use std::time::{Duration, Instant};

/// What a strategy reports to the audit.
#[derive(Debug, Clone)]
pub enum Event {
    /// A worker elsewhere, or one that adds floats, has summed a range.
    Summed(Span),
    /// The strategy reports every steal: no such event then means that there was none.
    ReportsSteals,
    /// The calling thread took work from another worker's store.
    Stole,
    /// So many terms are too many to say who summed which; it can be said of fewer.
    TooMany,
    /// A phase of the whole sum, by name, took this long.
    Phase(&'static str, Duration),
}

/// A range that one worker summed, and when.
#[derive(Debug, Clone)]
pub struct Span {
    /// Who summed it.
    pub worker: WorkerId,
    /// The terms.
    pub range: Range<u64>,
    /// When the worker began, on this process's clock.
    pub start: Instant,
    /// When the worker was done.
    pub end: Instant,
}

impl Span {
    /// A span that the calling thread summed, from `start` until now.
    pub fn mine(range: Range<u64>, start: Instant) -> Self {
        Span { worker: WorkerId::ThisThread, range, start, end: Instant::now() }
    }
}

/// Who summed a span.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WorkerId {
    /// The thread that records the event.
    ThisThread,
    /// A child process, by its process id.
    Process(u32),
    /// A thread of a child process: the process id, and the thread's number in it, from 1.
    ThreadOf(u32, u32),
    /// A device beside the cores, by its number, from 1.
    Device(u32),
}
