use std::hint::black_box;
use std::ops::Range;
use std::sync::atomic::{
    AtomicU32, AtomicU64, Ordering::Acquire, Ordering::Relaxed, Ordering::Release,
};
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use kernels::{AnyKernel, Event, Kernel, Spec};
use rng::Rng;

use super::backlog;
use crate::audit::nanoseconds;
use crate::lock::locked;

/// A worker that comes out of the kernel sleeps this long for another to come out, too; each time in vain, half
/// as long from then on. On a busy machine a new thread gets a core only once others have had their turns.
const LONGEST_WAIT: Duration = Duration::from_millis(2);
const SHORTEST_WAIT: Duration = Duration::from_micros(200);

/// Whoever comes second wakes the first, and stays awake for this long until that one runs.
const WAKING: Duration = Duration::from_micros(300);

/// Once both run, they go on so many nanoseconds later.
const SOON: u64 = 500;

/// Whoever was to go on then goes on up to so many steps later, of about a cycle each: so that in one of many
/// meetings both are in the moment in which partials are joined.
const APART: usize = 100;

/// So many meetings in one sum are enough: another sum is another chance.
const MEETINGS_IN_A_SUM: u32 = 8;

/// One call in so many first naps, and one in so many lets others go first.
const NAPS: usize = 64;
const YIELDS: usize = 16;

/// A kernel naps no more often than this, for as long as that.
const MOST_NAPS: u32 = 24;
const NAP: Duration = Duration::from_micros(100);

/// A kernel that disturbs those who ask it, so that a race condition shows itself.
///
/// A lost update needs two workers between the same load and store. Left alone, they rarely are there at the
/// same moment. Here those who come out of [`sum`](Kernel::sum) or [`term`](Kernel::term) wait for each other
/// for a moment and go on together, a few cycles apart; and some are held up on their way in. What happens
/// follows from a seed, but for what the system adds.
#[derive(Debug, Clone)]
pub struct Shaken {
    kernel: AnyKernel,
    grain: u64,
    shared: Arc<Disturbances>,
}

/// What all clones of one shaken kernel share.
#[derive(Debug)]
struct Disturbances {
    seed: u64,
    calls: AtomicU64,
    meeting: Mutex<Meeting>,
    arrival: Condvar,
    /// The number of the last meeting of which both were seen to run.
    begun: AtomicU64,
    /// When the two who met last go on, in nanoseconds from `made`.
    start: AtomicU64,
    made: Instant,
    /// From then on nobody is disturbed.
    end: Instant,
    /// How often two came out together, in all sums.
    met: AtomicU32,
    naps: AtomicU32,
}

/// Where a worker waits for another.
#[derive(Debug)]
struct Meeting {
    /// The number of this meeting.
    number: u64,
    /// Whether somebody waits for it to begin.
    awaited: bool,
    /// How often workers may still meet in this sum. None once somebody waited in vain: they come one by one.
    left: u32,
    /// How long the next one waits.
    patience: Duration,
}

impl Shaken {
    /// The kernel with grains of `grain` terms, and with disturbances that begin at `seed`, and are over at
    /// `end`.
    pub fn new(kernel: AnyKernel, grain: u64, seed: u64, end: Instant) -> Self {
        let meeting = Meeting { number: 1, awaited: false, left: 0, patience: LONGEST_WAIT };
        let shared = Disturbances {
            seed,
            end,
            calls: AtomicU64::default(),
            meeting: Mutex::new(meeting),
            arrival: Condvar::new(),
            begun: AtomicU64::default(),
            start: AtomicU64::default(),
            made: Instant::now(),
            met: AtomicU32::default(),
            naps: AtomicU32::default(),
        };
        Shaken { kernel, grain, shared: Arc::new(shared) }
    }

    /// The kernel with grains of `grain` terms, and without disturbances.
    pub fn calm(kernel: AnyKernel, grain: u64) -> Self {
        Self::new(kernel, grain, 0, Instant::now())
    }

    /// To be called before each sum: its workers wait for each other again.
    pub fn begin(&self) {
        locked(&self.shared.meeting).left = MEETINGS_IN_A_SUM;
    }

    /// How often two workers came out together, in all sums.
    pub fn meetings(&self) -> u32 {
        self.shared.met.load(Relaxed)
    }

    /// What `ask` gives, a little later than without this.
    fn disturbed(&self, ask: impl FnOnce() -> u64) -> u64 {
        let shared = &self.shared;
        if Instant::now() > shared.end {
            return ask();
        }
        let call = shared.calls.fetch_add(1, Relaxed);
        let mut rng = Rng::new(shared.seed.wrapping_add(call << 32));
        if rng.below(NAPS) == 0 && shared.naps.fetch_add(1, Relaxed) < MOST_NAPS {
            thread::sleep(NAP);
        }
        if rng.below(YIELDS) == 0 {
            thread::yield_now();
        }
        let answer = ask();
        shared.meet(&mut rng);
        backlog::fill(&mut rng);
        answer
    }
}

impl Disturbances {
    /// Waits for another worker to come here, too; both go on at about the same moment.
    fn meet(&self, rng: &mut Rng) {
        let mut meeting = locked(&self.meeting);
        if meeting.left == 0 {
            return;
        }
        let number = meeting.number;
        if meeting.awaited {
            (meeting.awaited, meeting.number) = (false, number + 1);
            meeting.left -= 1;
            drop(meeting);
            self.arrival.notify_one();
            let end = Instant::now() + WAKING;
            while self.begun.load(Acquire) < number {
                if Instant::now() > end {
                    return;
                }
            }
            self.met.fetch_add(1, Relaxed);
            let start = self.nanoseconds() + SOON;
            self.start.store(start, Release);
            self.wait_until(start);
        } else {
            meeting.awaited = true;
            let (patience, comes) = (meeting.patience, &self.arrival);
            let waited = comes.wait_timeout_while(meeting, patience, |now| now.number == number);
            let (mut meeting, _) = waited.unwrap_or_else(PoisonError::into_inner);
            if meeting.number == number {
                (meeting.awaited, meeting.left) = (false, 0);
                meeting.patience = (patience / 2).max(SHORTEST_WAIT);
                return;
            }
            drop(meeting);
            let before = self.start.load(Acquire);
            self.begun.fetch_max(number, Release);
            let end = Instant::now() + WAKING;
            while self.start.load(Acquire) == before {
                if Instant::now() > end {
                    return;
                }
            }
            self.wait_until(self.start.load(Acquire));
        }
        (0..rng.below(APART)).for_each(|step| {
            black_box(step);
        });
    }

    fn nanoseconds(&self) -> u64 {
        nanoseconds(self.made.elapsed())
    }

    fn wait_until(&self, start: u64) {
        while self.nanoseconds() < start {}
    }
}

impl Kernel for Shaken {
    fn sum(&self, range: Range<u64>) -> u64 {
        self.disturbed(|| self.kernel.sum(range))
    }

    fn term(&self, i: u64) -> u64 {
        self.disturbed(|| self.kernel.term(i))
    }

    fn grain(&self) -> u64 {
        self.grain
    }

    fn spec(&self) -> Spec {
        self.kernel.spec()
    }

    fn record(&self, event: Event) {
        self.kernel.record(event);
    }

    fn is_recording(&self) -> bool {
        self.kernel.is_recording()
    }
}
