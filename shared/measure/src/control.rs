use std::hint::black_box;
use std::ops::Range;
use std::sync::OnceLock;
use std::time::{Duration, Instant};

use kernels::{Kernel, Workers, split};

use crate::{Context, Error, Weights, cpu_time, together};

/// How much work the machine did for some workers at once: its capacity, worker by worker.
#[derive(Debug, Clone, PartialEq)]
pub struct Capacity {
    /// How fast each worker was: 1 is one core alone at its best.
    pub rates: Vec<f64>,
    /// The part of the time that each worker was on a core; `None` where the system does not tell.
    pub on_core: Option<Vec<f64>>,
}

impl Capacity {
    /// How many cores' worth of work all workers did together.
    ///
    /// No way to share the same work is faster than that: `speedup / cores` is the share of the
    /// capacity that did useful work, and the rest was lost to waiting, starting and sharing.
    pub fn cores(&self) -> f64 {
        self.rates.iter().sum()
    }

    /// The same rates in another unit, of which there are `factor` in this one.
    #[must_use]
    pub fn times(&self, factor: f64) -> Self {
        let rates = self.rates.iter().map(|rate| rate * factor).collect();
        Capacity { rates, on_core: self.on_core.clone() }
    }

    /// What equal ranges can reach whose workers stay on their cores: all wait for the slowest.
    pub fn even(&self) -> f64 {
        self.rates.iter().copied().fold(f64::INFINITY, f64::min) * self.rates.len() as f64
    }
}

/// A unit of work shorter than this says more about the clock than about the work.
const SHORTEST_UNIT: f64 = 200e-6;

/// A shorter window of a few workers may lie within one turn of another program's thread. What such a turn takes
/// from one of many is little, so that their windows may be shorter, down to the second of these.
const SHORTEST_WINDOW: f64 = 5e-3;
const SHORTEST_OF_MANY: f64 = 1e-3;

/// So many workers are no longer a few.
const FEW: f64 = 8.0;

/// Lets the workers of `context` all sum at the same time, until an end that they have in common, and says
/// how much each did. One core alone takes `alone` seconds for the sum.
///
/// The terms are cut into units, and each worker goes round them from a place of its own, so that none
/// finds in a shared cache what another has just read. A unit counts by its share of the time that one
/// core needs (its [weight](Weights)), and of the unit that is under way at the end, the part before
/// the end counts. Nobody waits for the slowest. Workers beyond the usable cores would get no more cores,
/// so they are left out.
///
/// # Errors
///
/// Where the system refuses a thread.
pub fn capacity<K: Kernel>(
    kernel: &K,
    weights: &Weights,
    context: &Context,
    alone: f64,
) -> Result<Capacity, Error> {
    let workers = context.workers().min(Workers::usable());
    let (lap, window) = (Lap::new(weights, workers, alone), window(alone, workers));
    // The first answer may take a while.
    let _ = cpu_time::of_thread();
    let common_start = OnceLock::new();
    let all = together(&context.with_workers(workers), |worker| {
        let start = *common_start.get_or_init(Instant::now);
        let clock = || Moment { elapsed: start.elapsed(), cpu: cpu_time::of_thread() };
        let sum = |range: &Range<u64>| {
            black_box(black_box(kernel).sum(black_box(range.clone())));
        };
        let place = worker * lap.units.len() / workers.get();
        lap.share_until(window, place, clock, sum)
    })?;
    Ok(Share::capacity(&all, alone, window))
}

/// Long enough to be sure of, and no longer: all workers together do four sums, or each does one. Of a round with
/// six rows and 64 workers that is a tenth at most.
fn window(alone: f64, workers: Workers) -> Duration {
    let workers = workers.get() as f64;
    let shortest = (SHORTEST_WINDOW * FEW / workers).clamp(SHORTEST_OF_MANY, SHORTEST_WINDOW);
    let seconds = (4.0 * alone / workers).min(alone).max(shortest);
    Duration::try_from_secs_f64(seconds).unwrap_or(Duration::MAX)
}

/// The terms in units, which are summed one after the other, round and round.
#[derive(Debug)]
struct Lap {
    units: Vec<Unit>,
    /// How often each unit is summed before the clock is read: sums may be very short.
    calls: u32,
}

#[derive(Debug)]
struct Unit {
    range: Range<u64>,
    /// What part of a sum it is.
    share: f64,
}

impl Lap {
    /// A unit takes one core a quarter of what its worker would need for equal ranges. Much smaller ones
    /// would be other work: loops start, and vectors fill, more often than in the sum itself.
    fn new(weights: &Weights, workers: Workers, alone: f64) -> Self {
        let most = (alone / SHORTEST_UNIT) as usize;
        let count = (4 * workers.get()).min(most).max(1);
        let unit = |number| {
            let range = split::part(weights.terms(), number, count);
            Unit { share: weights.share(&range), range }
        };
        let calls = (SHORTEST_UNIT / alone.max(20e-9)).ceil() as u32;
        Lap { units: (0..count).map(unit).collect(), calls: calls.max(1) }
    }

    /// What is done when the `clock` reads `end`, beginning with unit `place`.
    fn share_until(
        &self,
        end: Duration,
        place: usize,
        clock: impl Fn() -> Moment,
        sum: impl Fn(&Range<u64>),
    ) -> Share {
        let mut start = clock();
        let mut share = Share { sums: 0.0, cpu_seconds: start.cpu.map(|_| 0.0) };
        for unit in self.units.iter().cycle().skip(place) {
            for _ in 0..self.calls {
                sum(&unit.range);
            }
            let stop = clock();
            let before_the_end = end.saturating_sub(start.elapsed).as_secs_f64();
            let took = (stop.elapsed - start.elapsed).as_secs_f64();
            let counts = if before_the_end < took { before_the_end / took } else { 1.0 };
            share.sums += unit.share * f64::from(self.calls) * counts;
            let cpu = stop.cpu.zip(start.cpu).map(|(stop, start)| (stop - start).as_secs_f64());
            share.cpu_seconds = share.cpu_seconds.zip(cpu).map(|(sum, cpu)| sum + cpu * counts);
            if stop.elapsed >= end {
                break;
            }
            start = stop;
        }
        share
    }
}

/// What a worker's clocks read.
#[derive(Debug, Clone, Copy)]
struct Moment {
    /// Since the common start.
    elapsed: Duration,
    /// The thread's CPU time.
    cpu: Option<Duration>,
}

/// What one worker did until the common end.
#[derive(Debug)]
struct Share {
    /// Whole sums.
    sums: f64,
    /// CPU seconds: of the unit that was under way at the end, the same part as of its terms.
    cpu_seconds: Option<f64>,
}

impl Share {
    /// What all did in `window`, where one core alone takes `alone` seconds for a sum.
    fn capacity(all: &[Share], alone: f64, window: Duration) -> Capacity {
        let window = window.as_secs_f64();
        let on_core = |share: &Share| Some((share.cpu_seconds? / window).min(1.0));
        Capacity {
            rates: all.iter().map(|share| share.sums * alone / window).collect(),
            on_core: all.iter().map(on_core).collect(),
        }
    }
}

#[cfg(test)]
mod tests;
