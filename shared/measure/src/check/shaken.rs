use std::cell::Cell;
use std::ops::Range;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, AtomicU64, Ordering::Relaxed};
use std::thread;
use std::time::{Duration, Instant};

use kernels::{AnyKernel, Event, Kernel, Spec, Total};
use rng::Rng;

use super::backlog;
use super::rendezvous::Rendezvous;

/// One call in so many first naps, and one in so many lets others go first.
const NAPS: usize = 64;
const YIELDS: usize = 16;

/// A kernel naps no more often than this, for as long as that.
const MOST_NAPS: u32 = 24;
const NAP: Duration = Duration::from_micros(100);

/// One sum in so many has its meetings early; the first is one of them.
const EARLY: u64 = 3;

/// A kernel that disturbs those who ask it, so that a race condition shows itself.
///
/// Those who come out of [`sum`](Kernel::sum) or [`term`](Kernel::term) wait for each other for a moment and go
/// on together: in some sums after their first calls, in the others only after the last call of each, for a
/// worker may add in private and share but once. And some are held up on their way in. What
/// happens follows from a seed, but for what the system adds.
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
    naps: AtomicU32,
    /// From then on nobody is disturbed.
    end: Instant,
    rendezvous: Rendezvous,
    sum: Calls,
}

/// Who asked how often in the sum that is made.
#[derive(Debug, Default)]
struct Calls {
    /// The number of this sum, of all that were ever shaken.
    number: AtomicU64,
    /// How many sums there were before it.
    nth: AtomicU64,
    all: AtomicU64,
    /// How many threads asked, and how often the busiest of them.
    askers: AtomicU64,
    most_of_one: AtomicU64,
    /// Workers meet from this call of a thread on, or from this call of all on.
    meet_from_own: AtomicU64,
    meet_from_all: AtomicU64,
}

thread_local! {
    /// The number of the sum in which this thread last asked, and how often it did.
    static OWN: Cell<(u64, u64)> = const { Cell::new((0, 0)) };
}

impl Shaken {
    /// The kernel with grains of `grain` terms, and with disturbances that begin at `seed`, and are over at
    /// `end`.
    pub fn new(kernel: AnyKernel, grain: u64, seed: u64, end: Instant) -> Self {
        let shared = Disturbances {
            seed,
            end,
            calls: AtomicU64::default(),
            naps: AtomicU32::default(),
            rendezvous: Rendezvous::new(),
            sum: Calls::default(),
        };
        Shaken { kernel, grain, shared: Arc::new(shared) }
    }

    /// The kernel with grains of `grain` terms, and without disturbances.
    pub fn calm(kernel: AnyKernel, grain: u64) -> Self {
        Self::new(kernel, grain, 0, Instant::now())
    }

    /// To be called before each sum: its workers wait for each other again; mostly only after their last calls,
    /// as far as the sum before tells.
    pub fn begin(&self) {
        self.shared.sum.begin();
        self.shared.rendezvous.open();
    }

    /// How often two workers came out together, in all sums.
    pub fn meetings(&self) -> u32 {
        self.shared.rendezvous.met()
    }

    /// How many threads asked in the sum that began last.
    pub fn askers(&self) -> u64 {
        self.shared.sum.askers.load(Relaxed)
    }

    /// What `ask` gives, a little later than without this.
    fn disturbed(&self, ask: impl FnOnce() -> Total) -> Total {
        let shared = &self.shared;
        if Instant::now() > shared.end {
            return ask();
        }
        let call = shared.calls.fetch_add(1, Relaxed);
        let meets = shared.sum.count();
        let mut rng = Rng::new(shared.seed.wrapping_add(call << 32));
        // On their way to a late meeting workers lose no time: on a busy machine each yield is a slice of others.
        if meets && rng.below(NAPS) == 0 && shared.naps.fetch_add(1, Relaxed) < MOST_NAPS {
            thread::sleep(NAP);
        }
        if meets && rng.below(YIELDS) == 0 {
            thread::yield_now();
        }
        let answer = ask();
        if meets {
            shared.rendezvous.meet(&mut rng);
        }
        backlog::fill(&mut rng);
        answer
    }
}

impl Calls {
    /// Begins another sum; nobody asks meanwhile.
    fn begin(&self) {
        static SUMS: AtomicU64 = AtomicU64::new(1);
        let (all, askers) = (self.all.swap(0, Relaxed), self.askers.swap(0, Relaxed));
        let most = self.most_of_one.swap(0, Relaxed);
        let nth = self.nth.fetch_add(1, Relaxed);
        let (own, of_all) = if nth.is_multiple_of(EARLY) {
            (1, 1)
        } else if most * askers == all {
            // All asked alike.
            (most, u64::MAX)
        } else {
            // Each took what was left.
            (u64::MAX, all + 1 - askers)
        };
        self.meet_from_own.store(own, Relaxed);
        self.meet_from_all.store(of_all, Relaxed);
        self.number.store(SUMS.fetch_add(1, Relaxed), Relaxed);
    }

    /// Counts a call of this thread. Whether it is one after which workers meet.
    fn count(&self) -> bool {
        let number = self.number.load(Relaxed);
        let own = OWN.with(|own| {
            let before = if own.get().0 == number { own.get().1 } else { 0 };
            own.set((number, before + 1));
            before + 1
        });
        if own == 1 {
            self.askers.fetch_add(1, Relaxed);
        }
        self.most_of_one.fetch_max(own, Relaxed);
        let all = self.all.fetch_add(1, Relaxed) + 1;
        own >= self.meet_from_own.load(Relaxed) || all >= self.meet_from_all.load(Relaxed)
    }
}

impl Kernel for Shaken {
    type Partial = Total;

    fn sum(&self, range: Range<u64>) -> Total {
        self.disturbed(|| self.kernel.sum(range))
    }

    fn term(&self, i: u64) -> Total {
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

    fn decode(&self, bytes: &[u8]) -> Option<Total> {
        self.kernel.decode(bytes)
    }
}
