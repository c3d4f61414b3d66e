use std::array;
use std::time::Duration;

use super::event::{Event, Reading};
use super::missing::{Missing, reasons};
use super::system::Meter;
use super::{Counted, Counters};
use crate::{Interval, cpu_time, time};

/// So many samples have a median with an interval.
const SAMPLES: usize = 7;

/// A sample shorter than this says more about the counters than about the work.
const SHORTEST: Duration = Duration::from_millis(1);

/// After so much time no other sample is begun.
const LONG: Duration = Duration::from_secs(1);

/// Threads that had less than this part of what the whole process computed were not all that worked.
const NEARLY_ALL: f64 = 0.8;

/// Counters that are open: they see the thread that opened them, and all threads and processes that it starts from then
/// on. So they are opened before the workers start.
///
/// ```
/// use measure::counters::Meters;
/// let mut meters = Meters::open();
/// let mut sum = 0;
/// let counted = meters.count(&mut |calls| {
///     (0..calls).for_each(|_| sum = (0..1000).map(std::hint::black_box).sum());
///     Ok::<(), measure::Error>(())
/// })?;
/// assert!(counted.counters.instructions.is_some() || counted.missing.is_some());
/// # Ok::<(), measure::Error>(())
/// ```
#[derive(Debug)]
pub struct Meters(pub(super) Vec<(Event, Result<Meter, Missing>)>);

/// What the counters showed of several samples.
pub(super) struct Samples {
    /// How many calls each of them has.
    calls: u32,
    /// For each sample what each counter saw of it.
    seen: Vec<Vec<Option<Reading>>>,
    /// The CPU time of this process in all of them.
    process: Option<Duration>,
}

impl Meters {
    /// Opens all that this system has.
    pub fn open() -> Self {
        Meters(Event::ALL.map(|event| (event, Meter::open(event))).into())
    }

    /// Counts what one call does, in the median of several samples: `work` is asked for so many calls at a time, for
    /// short work many. What comes first is not counted. Without any counter it is asked for nothing.
    ///
    /// # Errors
    ///
    /// The first error of `work`.
    pub fn count<E>(&mut self, work: &mut dyn FnMut(u32) -> Result<(), E>) -> Result<Counted, E> {
        let any = self.0.iter().any(|(_, meter)| meter.is_ok());
        let samples = if any { Some(self.samples(work)?) } else { None };
        let counts = array::from_fn(|place| self.interval(samples.as_ref()?, place));
        let estimated = samples.is_some_and(|samples| samples.are_estimates());
        let missing = self.0.iter().map(|(event, meter)| {
            let missing = meter.as_ref().err();
            (event.name(), missing.map(|missing| missing.beside_others(any).to_string()))
        });
        Ok(Counted { counters: Counters::of(counts, estimated), missing: reasons(missing) })
    }

    pub(super) fn samples<E>(
        &mut self,
        work: &mut dyn FnMut(u32) -> Result<(), E>,
    ) -> Result<Samples, E> {
        let (first, mut took) = time(|| work(1));
        first?;
        if took < SHORTEST {
            let (warm, second) = time(|| work(1));
            warm?;
            took = second;
        }
        let calls = (SHORTEST.as_secs_f64() / took.as_secs_f64().max(20e-9)).ceil().max(1.0) as u32;
        let mut seen = Vec::new();
        let computed = cpu_time::of_process();
        let mut so_far = Duration::ZERO;
        while seen.len() < SAMPLES && (seen.is_empty() || so_far < LONG) {
            let before = self.read();
            let (worked, took) = time(|| work(calls));
            let after = self.read();
            worked?;
            let since =
                |(after, before): (Option<Reading>, Option<Reading>)| Some(after?.since(before?));
            seen.push(after.into_iter().zip(before).map(since).collect());
            so_far += took;
        }
        let process =
            cpu_time::of_process().zip(computed).map(|(end, start)| end.saturating_sub(start));
        Ok(Samples { calls, seen, process })
    }

    fn read(&mut self) -> Vec<Option<Reading>> {
        self.0.iter_mut().map(|(_, meter)| meter.as_mut().ok()?.read()).collect()
    }

    /// What the counter at this place saw in one call; where that is not all that happened, the reason takes its place.
    pub(super) fn interval(&mut self, samples: &Samples, place: usize) -> Option<Interval> {
        let (_, meter) = self.0.get_mut(place).filter(|(_, meter)| meter.is_ok())?;
        let count = samples.count(place);
        if count.is_none() {
            *meter = Err(Missing::NeverCounted);
        } else if !samples.saw_all(place) {
            *meter = Err(Missing::Elsewhere);
        }
        count.filter(|_| meter.is_ok())
    }
}

impl Samples {
    fn of(&self, place: usize) -> impl Iterator<Item = Reading> {
        self.seen.iter().filter_map(move |sample| sample[place])
    }

    /// What the counter at this place saw in one call.
    pub(super) fn count(&self, place: usize) -> Option<Interval> {
        let counts: Vec<f64> = self.of(place).filter_map(Reading::scaled).collect();
        Interval::of(&counts).map(|counts| counts.over(f64::from(self.calls)))
    }

    /// Whether the threads that were counted did nearly all that this process computed. (Its child processes are
    /// counted, too, and may have done more.)
    fn saw_all(&self, place: usize) -> bool {
        let seen: Duration = self.of(place).map(|seen| Duration::from_nanos(seen.enabled)).sum();
        self.process.is_none_or(|process| seen >= process.mul_f64(NEARLY_ALL))
    }

    pub(super) fn are_estimates(&self) -> bool {
        self.seen.iter().flatten().flatten().any(|seen| seen.is_estimate())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Error;

    /// Without a counter nothing is called in vain.
    #[test]
    fn what_is_not_counted_has_a_reason() {
        let (mut meters, mut asked) = (Meters::open(), false);
        let any = meters.0.iter().any(|(_, meter)| meter.is_ok());
        let counted = meters.count(&mut |_| {
            asked = true;
            Ok::<(), Error>(())
        });
        let counted = counted.expect("nothing fails");
        assert!(!counted.counters.is_empty() || counted.missing.is_some(), "{counted:?}");
        assert_eq!(asked, any);
    }
}
