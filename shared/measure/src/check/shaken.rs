use std::hint::black_box;
use std::ops::Range;
use std::sync::Arc;
use std::sync::atomic::{
    AtomicU32, AtomicU64, Ordering::AcqRel, Ordering::Acquire, Ordering::Relaxed,
};
use std::thread;
use std::time::{Duration, Instant};

use kernels::{AnyKernel, Event, Kernel, Spec};
use rng::Rng;

/// A worker that comes out of the kernel waits this long at most for another to come out, too.
const MEETING: Duration = Duration::from_micros(150);

/// So many meetings missed in one sum: the workers come one by one, and nobody waits any more.
const LONELY: u32 = 4;

/// The longest that two workers who met set out one after the other, in steps of about a cycle: together with
/// what it takes one core to see what another wrote, this covers the moments in which partials are joined.
const APART: usize = 400;

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
    /// Whether there are any.
    calm: bool,
    calls: AtomicU64,
    arrivals: AtomicU64,
    /// How many workers waited for nobody in this sum, and how often two came out together in all.
    missed: AtomicU32,
    met: AtomicU32,
    naps: AtomicU32,
}

impl Shaken {
    /// The kernel with grains of `grain` terms, and with disturbances that begin at `seed`.
    pub fn new(kernel: AnyKernel, grain: u64, seed: u64) -> Self {
        Self::with(kernel, grain, seed, false)
    }

    /// The kernel with grains of `grain` terms, and without disturbances.
    pub fn calm(kernel: AnyKernel, grain: u64) -> Self {
        Self::with(kernel, grain, 0, true)
    }

    fn with(kernel: AnyKernel, grain: u64, seed: u64, calm: bool) -> Self {
        let (calls, arrivals) = (AtomicU64::default(), AtomicU64::default());
        let [missed, met, naps] = [0; 3].map(AtomicU32::new);
        let shared = Disturbances { seed, calm, calls, arrivals, missed, met, naps };
        Shaken { kernel, grain, shared: Arc::new(shared) }
    }

    /// To be called before each sum: its workers wait for each other again.
    pub fn begin(&self) {
        self.shared.missed.store(0, Relaxed);
    }

    /// How often two workers came out together, in all sums.
    pub fn meetings(&self) -> u32 {
        self.shared.met.load(Relaxed)
    }

    /// What `ask` gives, a little later than without this.
    fn disturbed(&self, ask: impl FnOnce() -> u64) -> u64 {
        let shared = &self.shared;
        if shared.calm {
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
        answer
    }
}

impl Disturbances {
    /// Waits for another worker to come here, too; both go on at about the same moment.
    fn meet(&self, rng: &mut Rng) {
        if self.missed.load(Relaxed) >= LONELY {
            return;
        }
        let place = self.arrivals.fetch_add(1, AcqRel);
        // Every other one finds somebody who waits.
        if place.is_multiple_of(2) {
            let end = Instant::now() + MEETING;
            while self.arrivals.load(Acquire) < place + 2 {
                if Instant::now() > end {
                    self.missed.fetch_add(1, Relaxed);
                    return;
                }
            }
            self.met.fetch_add(1, Relaxed);
        }
        (0..rng.below(APART)).for_each(|step| {
            black_box(step);
        });
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
