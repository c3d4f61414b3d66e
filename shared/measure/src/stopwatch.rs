use std::hint::black_box;
use std::time::{Duration, Instant};

use kernels::Total;

use crate::{Error, cpu_time};

/// Times one call: what it gave, and how long it took.
pub fn time<T>(work: impl FnOnce() -> T) -> (T, Duration) {
    let start = Instant::now();
    let output = black_box(work());
    (output, start.elapsed())
}

/// Seconds of the quickest call of as many as fit into `budget`; three at least.
pub fn quickest(budget: Duration, mut work: impl FnMut()) -> f64 {
    let end = Instant::now() + budget;
    let mut best = Duration::MAX;
    let mut calls = 0;
    while calls < 3 || Instant::now() < end {
        best = best.min(time(&mut work).1);
        calls += 1;
    }
    best.as_secs_f64()
}

/// A sample shorter than this says more about the clock than about the work.
const SHORTEST: Duration = Duration::from_micros(200);

/// Before each sample short work is called for this long, uncounted: its workers wake up and its
/// data comes near, as if it were called all the time.
const WARM_UP: Duration = Duration::from_millis(1);

/// A first call longer than this needs no warming up: it counts.
const LONG: Duration = Duration::from_millis(100);

/// To work that takes longer than this, waking up workers makes no difference.
const SHORT: Duration = Duration::from_millis(2);

/// What a call of the work that is timed gives.
#[derive(Debug, Clone, Copy)]
pub struct Summed<P = Total> {
    /// The sum; for work of another kind, a number that must be the same each time.
    pub sum: P,
    /// How long it took by the clock of a worker that has one. This replaces the caller's clock, which
    /// counts the round trip, too. All calls report it, or none.
    pub took: Option<Duration>,
}

impl<P> From<P> for Summed<P> {
    fn from(sum: P) -> Self {
        Summed { sum, took: None }
    }
}

impl From<u64> for Summed {
    fn from(sum: u64) -> Self {
        Total::from(sum).into()
    }
}

/// Work to be timed.
pub type Work<'w> = Box<dyn FnMut() -> Result<Summed, Error> + 'w>;

/// One sample: the mean over as many calls as a clock needs.
#[derive(Debug, Clone)]
pub struct Sample {
    /// Seconds of one call.
    pub seconds: f64,
    /// CPU seconds of this process in one call, where the system tells.
    pub cpu_seconds: Option<f64>,
    /// The sum of the first call.
    pub sum: Total,
    /// The sum of a call beside it, timed or not, that was another one, if any.
    pub odd: Option<Total>,
}

/// Calls work as often as one sample needs.
#[derive(Debug, Default)]
pub struct Stopwatch {
    calls: Option<u32>,
    short: bool,
}

impl Stopwatch {
    /// How many calls make a sample; one until the first sample was taken.
    fn calls(&self) -> u32 {
        self.calls.unwrap_or(1)
    }

    /// One sample. The first time, the work is called once or twice before, to warm up and to find how
    /// many calls make a sample long enough.
    ///
    /// # Errors
    ///
    /// That of the first call that failed.
    pub fn sample(
        &mut self,
        work: &mut dyn FnMut() -> Result<Summed, Error>,
    ) -> Result<Sample, Error> {
        // What is not timed is judged all the same.
        let mut warm = Vec::new();
        if self.calls.is_none() {
            let first = sample_of(1, work)?;
            if first.seconds >= LONG.as_secs_f64() {
                self.calls = Some(1);
                return Ok(first);
            }
            let second = sample_of(1, work)?;
            warm.extend([first.sum, second.sum]);
            let calls = SHORTEST.as_secs_f64() / second.seconds.max(20e-9);
            self.calls = Some((calls.ceil() as u32).max(1));
            self.short = second.seconds < SHORT.as_secs_f64();
        }
        let start = Instant::now();
        while self.short && start.elapsed() < WARM_UP {
            warm.push(work()?.sum);
        }
        let mut sample = sample_of(self.calls(), work)?;
        sample.odd = sample.odd.or_else(|| warm.into_iter().find(|sum| *sum != sample.sum));
        Ok(sample)
    }
}

/// How long a sample of work that takes `seconds` keeps the stopwatch, once it knows the work: what is called
/// uncounted, too.
#[cfg(test)]
pub(crate) fn seconds_of_a_sample(seconds: f64) -> f64 {
    let warm_up = if seconds < SHORT.as_secs_f64() { WARM_UP.as_secs_f64() } else { 0.0 };
    warm_up + (SHORTEST.as_secs_f64() / seconds).ceil().max(1.0) * seconds
}

fn sample_of(calls: u32, work: &mut dyn FnMut() -> Result<Summed, Error>) -> Result<Sample, Error> {
    let cpu_start = cpu_time::of_process();
    let (outcome, elapsed) = time(|| {
        let Summed { sum, mut took } = work()?;
        let mut odd = None;
        for _ in 1..calls {
            let again = work()?;
            took = took.zip(again.took).map(|(before, this)| before + this);
            if again.sum != sum {
                odd = Some(again.sum);
            }
        }
        Ok::<_, Error>((sum, odd, took))
    });
    let cpu = cpu_time::of_process().zip(cpu_start).map(|(end, start)| end.saturating_sub(start));
    let (sum, odd, took) = outcome?;
    let each = |time: Duration| time.as_secs_f64() / f64::from(calls);
    Ok(Sample { seconds: each(took.unwrap_or(elapsed)), cpu_seconds: cpu.map(each), sum, odd })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_worker_with_a_clock_of_its_own_is_believed() {
        let mut stopwatch = Stopwatch::default();
        let took = Some(Duration::from_millis(250));
        let sample =
            stopwatch.sample(&mut || Ok(Summed { sum: 7.into(), took })).expect("it gives a sum");
        assert!((sample.seconds - 0.25).abs() < 1e-9, "{sample:?}");
        let own = Stopwatch::default().sample(&mut || Ok(7.into())).expect("it gives a sum");
        assert!(own.seconds < 0.2, "{own:?}");
    }

    #[test]
    fn a_sum_of_the_warm_up_is_judged_too() {
        let mut calls = 0;
        let mut work = || {
            calls += 1;
            Ok(Summed::from(u64::from(calls == 1)))
        };
        let sample = Stopwatch::default().sample(&mut work).expect("it gives sums");
        assert_eq!((sample.sum, sample.odd), (0.into(), Some(1.into())));
    }

    #[test]
    fn a_sum_that_changes_between_calls_is_noticed() {
        let mut calls = 0;
        let mut work = || {
            calls += 1;
            Ok(Summed::from(u64::from(calls == 2)))
        };
        let sample = sample_of(3, &mut work).expect("it gives sums");
        assert_eq!((sample.sum, sample.odd), (0.into(), Some(1.into())));
    }
}
