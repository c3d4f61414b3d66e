use std::cell::Cell;
use std::time::{Duration, Instant};

use crate::Error;

/// A sample shorter than this says more about the clock than about the sum.
const SHORTEST: Duration = Duration::from_micros(200);

/// Before each sample a short sum is called for this long, uncounted: its workers wake up and its
/// data comes near, as if it were called all the time.
const WARM_UP: Duration = Duration::from_millis(1);

/// A first call longer than this needs no warming up: it counts.
const LONG: Duration = Duration::from_millis(100);

/// To a sum that takes longer than this, waking up workers makes no difference.
const SHORT: Duration = Duration::from_millis(2);

thread_local! {
    /// What workers with clocks of their own have told of the sums since the sample began.
    static TOOK: Cell<Option<Duration>> = const { Cell::new(None) };
}

/// Says how long the sum took that the calling strategy is about to give, by the clock of a worker that
/// has one: in the sample this stands in the place of what the caller's clock shows, which counts the
/// way there and back, too. A strategy says it for each of its sums or for none.
pub fn took(time: Duration) {
    TOOK.set(Some(TOOK.get().unwrap_or_default() + time));
}

/// How one sample of a sum came out.
#[derive(Debug, Clone, Copy)]
pub struct Timed {
    /// Seconds of one call.
    pub seconds: f64,
    /// CPU seconds of this process in one call, where the system tells.
    pub cpu_seconds: Option<f64>,
    /// The sum of the first call.
    pub sum: u64,
    /// The sum of a later call that was another one, if any.
    pub odd: Option<u64>,
}

/// Calls a sum as often as one sample needs.
#[derive(Debug, Default)]
pub struct Clock {
    repeats: Option<u32>,
    short: bool,
}

impl Clock {
    /// How many calls make a sample; one until the first sample was taken.
    pub fn repeats(&self) -> u32 {
        self.repeats.unwrap_or(1)
    }

    /// One sample. The first time, the sum is called once or twice before, to warm up and to find
    /// how many calls make a sample long enough.
    pub fn sample(&mut self, mut call: impl FnMut() -> Result<u64, Error>) -> Result<Timed, Error> {
        if self.repeats.is_none() {
            let first = time(1, &mut call)?;
            if first.seconds >= LONG.as_secs_f64() {
                self.repeats = Some(1);
                return Ok(first);
            }
            let second = time(1, &mut call)?;
            let calls = SHORTEST.as_secs_f64() / second.seconds.max(20e-9);
            self.repeats = Some((calls.ceil() as u32).max(1));
            self.short = second.seconds < SHORT.as_secs_f64();
        }
        let start = Instant::now();
        while self.short && start.elapsed() < WARM_UP {
            call()?;
        }
        time(self.repeats(), &mut call)
    }
}

fn time(repeats: u32, call: &mut impl FnMut() -> Result<u64, Error>) -> Result<Timed, Error> {
    TOOK.set(None); // What was told while warming up is of no interest.
    let cpu_start = cpu_time();
    let start = Instant::now();
    let sum = call()?;
    let mut odd = None;
    for _ in 1..repeats {
        let again = call()?;
        if again != sum {
            odd = Some(again);
        }
    }
    let calls = f64::from(repeats);
    let elapsed = start.elapsed();
    let seconds = TOOK.take().unwrap_or(elapsed).as_secs_f64() / calls;
    let cpu = cpu_time().zip(cpu_start).map(|(end, start)| end.saturating_sub(start));
    Ok(Timed { seconds, cpu_seconds: cpu.map(|cpu| cpu.as_secs_f64() / calls), sum, odd })
}

/// The CPU time of all threads of this process.
#[cfg(unix)]
fn cpu_time() -> Option<Duration> {
    use rustix::time::{ClockId, clock_gettime};
    let time = clock_gettime(ClockId::ProcessCPUTime);
    let seconds = Duration::from_secs(u64::try_from(time.tv_sec).ok()?);
    Some(seconds + Duration::from_nanos(u64::try_from(time.tv_nsec).ok()?))
}

#[cfg(not(unix))]
fn cpu_time() -> Option<Duration> {
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_worker_with_a_clock_of_its_own_is_believed() {
        let mut clock = Clock::default();
        let told = clock.sample(|| {
            took(Duration::from_millis(250));
            Ok(7)
        });
        let told = told.expect("it gives a sum");
        assert!((told.seconds - 0.25).abs() < 1e-9, "{told:?}");
        let untold = clock.sample(|| Ok(7)).expect("it gives a sum");
        assert!(untold.seconds < 0.2, "{untold:?}");
    }
}
