use std::hint::spin_loop;
use std::thread::yield_now;
use std::time::{Duration, Instant};

use kernels::Workers;

/// How long a worker without work stays awake: several times as long as it takes to wake one that sleeps, so that
/// whoever asks again within that time never waits for the system.
///
/// GCC's OpenMP looks 300,000 times before it sleeps (`GOMP_SPINCOUNT`), which is some milliseconds, or 100 times where
/// there are more threads than cores; with `OMP_WAIT_POLICY=active` it spins for minutes, with `passive` not at all.
pub const AWAKE: Duration = Duration::from_micros(300);

/// So many looks, some microseconds, are one right after the other. From then on whoever looks offers the core between two looks,
/// and looks at the clock: both take longer than a look at the slot.
///
/// The system may have woken both sides on one core. Without the offer, the one that looks would keep the other from
/// doing what it looks for, until it sleeps: every sum of such a pair took the whole bound.
const QUICK_LOOKS: u32 = 100;

/// Says how long to stay awake.
#[derive(Debug, Clone)]
pub struct Awake {
    bound: Duration,
    looks: u32,
    since: Option<Instant>,
}

impl Awake {
    /// For a team of so many workers. With fewer cores than workers none of them spins: another would be waiting for
    /// its core.
    pub fn of(workers: Workers) -> Self {
        if workers > Workers::usable() { Awake::never() } else { Awake::within(AWAKE) }
    }

    /// To sleep at once.
    pub fn never() -> Self {
        Awake::within(Duration::ZERO)
    }

    fn within(bound: Duration) -> Self {
        Awake { bound, looks: 0, since: None }
    }

    /// Whether to look once more, after a moment in which the other thread of the core, or another one that waits for it, may
    /// go on.
    pub fn once_more(&mut self) -> bool {
        if self.bound.is_zero() {
            return false;
        }
        self.looks += 1;
        if self.looks <= QUICK_LOOKS {
            spin_loop();
            return true;
        }
        yield_now();
        self.since.get_or_insert_with(Instant::now).elapsed() <= self.bound
    }
}
