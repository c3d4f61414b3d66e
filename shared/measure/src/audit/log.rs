use std::ops::Range;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering::Relaxed};

use super::locked;

/// A thread that jumps about so much is audited on fewer terms: the notes would fill the memory.
const MOST_SPANS: usize = 1 << 18;

/// The notes of one thread. Only that thread writes; whoever reads does so after the strategy has
/// returned, which every worker's end happened before. So `Relaxed` is enough for all of it.
#[derive(Debug, Default)]
pub(super) struct Log {
    pub(super) open: OpenSpan,
    closed: Mutex<Vec<LoggedSpan>>,
    pub(super) steals: AtomicU64,
    /// Whether what this thread sums next was just taken from another.
    just_stole: AtomicBool,
    /// Whether there were more spans than are kept.
    pub(super) too_many: AtomicBool,
}

/// Neighbouring terms that one thread summed one after the other; times in nanoseconds.
#[derive(Debug, Default)]
pub(super) struct OpenSpan {
    lo: AtomicU64,
    pub(super) hi: AtomicU64,
    pub(super) calls: AtomicU64,
    start: AtomicU64,
    end: AtomicU64,
    stolen: AtomicBool,
}

#[derive(Debug, Clone)]
pub(super) struct LoggedSpan {
    pub(super) range: Range<u64>,
    pub(super) start: u64,
    pub(super) end: u64,
    pub(super) stolen: bool,
}

impl Log {
    /// The next range comes from another worker, and begins a new span.
    pub(super) fn stole(&self) {
        self.steals.fetch_add(1, Relaxed);
        self.just_stole.store(true, Relaxed);
    }

    /// Whether term `i` follows on the open span, as the usual next term of a loop does.
    #[inline]
    pub(super) fn goes_on_at(&self, i: u64) -> bool {
        let open = &self.open;
        open.hi.load(Relaxed) == i && open.calls.load(Relaxed) > 0 && !self.just_stole.load(Relaxed)
    }

    /// Adds a range: to the open span if it follows on, as a new span otherwise.
    pub(super) fn note(&self, range: Range<u64>, start: u64, end: u64) {
        let stolen = self.just_stole.swap(false, Relaxed);
        if range.is_empty() {
            return;
        }
        let open = &self.open;
        let begun = open.calls.load(Relaxed) > 0;
        let (follows, precedes) =
            (open.hi.load(Relaxed) == range.start, open.lo.load(Relaxed) == range.end);
        // A pause between two ranges is not busy time, so spans merge only without one.
        let no_pause = start.saturating_sub(open.end.load(Relaxed)) < 1_000;
        if begun && no_pause && !stolen && (follows || precedes) {
            if follows {
                open.hi.store(range.end, Relaxed);
            } else {
                open.lo.store(range.start, Relaxed);
            }
            open.end.store(end, Relaxed);
            open.calls.fetch_add(1, Relaxed);
        } else {
            let mut closed = locked(&self.closed);
            if closed.len() < MOST_SPANS {
                closed.extend(open.span());
            } else {
                self.too_many.store(true, Relaxed);
            }
            open.lo.store(range.start, Relaxed);
            open.hi.store(range.end, Relaxed);
            open.start.store(start, Relaxed);
            open.end.store(end, Relaxed);
            open.calls.store(1, Relaxed);
            open.stolen.store(stolen, Relaxed);
        }
    }

    pub(super) fn spans(&self) -> Vec<LoggedSpan> {
        locked(&self.closed).iter().cloned().chain(self.open.span()).collect()
    }
}

impl OpenSpan {
    /// One more term at the end. A clock costs ten additions, so it is read at every power
    /// of two and at every 1024th term only.
    #[inline]
    pub(super) fn grow_by_one(&self, now: impl FnOnce() -> u64) {
        let calls = self.calls.load(Relaxed) + 1;
        self.hi.store(self.hi.load(Relaxed) + 1, Relaxed);
        self.calls.store(calls, Relaxed);
        if calls.is_power_of_two() || calls.is_multiple_of(1024) {
            self.end.store(now(), Relaxed);
        }
    }

    fn span(&self) -> Option<LoggedSpan> {
        let range = self.lo.load(Relaxed)..self.hi.load(Relaxed);
        let (start, end) = (self.start.load(Relaxed), self.end.load(Relaxed));
        let stolen = self.stolen.load(Relaxed);
        (!range.is_empty()).then_some(LoggedSpan { range, start, end, stolen })
    }
}
