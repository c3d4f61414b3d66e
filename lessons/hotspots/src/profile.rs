//! What a profiler sees of a variant.

mod system;

use std::fs;
use std::time::{Duration, Instant};

use measure::Error;
use serde::{Deserialize, Serialize};

use crate::program::{self, Times};
use crate::{Job, Part, Variant};

/// With fewer samples a share is sure to no more than ten points.
const ENOUGH: u64 = 100;

/// A variant that ran again and again while a sampling profiler looked on.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Profile {
    pub(crate) strategy: String,
    /// How often the profiler looked.
    pub(crate) samples: Option<u64>,
    /// In the order of [`Part::ALL`].
    pub(crate) parts: Vec<PartShare>,
    /// Why there are no samples.
    pub(crate) note: Option<String>,
    /// The picture, unless there is nothing to draw.
    #[serde(skip)]
    pub(crate) flamegraph: Option<Vec<u8>>,
}

/// The share of a part.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct PartShare {
    pub(crate) part: Part,
    /// How often the profiler found the program in it.
    pub(crate) samples: Option<u64>,
    /// That over all samples.
    pub(crate) share: Option<f64>,
    /// The share by the stopwatch, in the same runs.
    pub(crate) stopwatch_share: f64,
}

/// What the profiler found on top of the stack each time, counted.
struct Sampled {
    /// All samples.
    samples: u64,
    /// Those in each part, in the order of [`Part::ALL`].
    parts: [u64; Part::ALL.len()],
    flamegraph: Option<Vec<u8>>,
}

impl Profile {
    /// Runs `variant` for about `time`, at least once.
    pub(crate) fn of(variant: &Variant, job: &Job, time: Duration) -> Result<Self, Error> {
        let (parts, mut all) = ((variant.parts)(), Times::default());
        let mut work = || {
            let start = Instant::now();
            while all.total.is_zero() || start.elapsed() < time {
                // As in the rounds: a new file is not written like one that is there.
                let _ = fs::remove_file(&job.output);
                let times = program::run(&parts, job)?;
                all.total += times.total;
                all.parts.iter_mut().zip(times.parts).for_each(|(sum, part)| *sum += part);
            }
            Ok(())
        };
        let sampled = system::sampled(variant.name, &mut work)?;
        let total = all.total.as_secs_f64().max(1e-9);
        let stopwatch = all.parts.map(|part| part.as_secs_f64() / total);
        Ok(Profile::new(variant.name, stopwatch, sampled))
    }

    /// The shares by the stopwatch, and what the profiler saw; or why it saw nothing.
    fn new(
        variant: &str,
        stopwatch: [f64; Part::ALL.len()],
        sampled: Result<Sampled, String>,
    ) -> Self {
        let (sampled, note) =
            sampled.map_or_else(|why| (None, Some(why)), |seen| (Some(seen), None));
        let seen = sampled.as_ref();
        let share = |part: Part| {
            let samples = seen.map(|seen| seen.parts[part as usize]);
            let share = seen.zip(samples);
            PartShare {
                part,
                samples,
                share: share.map(|(seen, samples)| samples as f64 / seen.samples.max(1) as f64),
                stopwatch_share: stopwatch[part as usize],
            }
        };
        Profile {
            strategy: variant.to_owned(),
            samples: seen.map(|seen| seen.samples),
            parts: Part::ALL.map(share).into(),
            note,
            flamegraph: sampled.and_then(|seen| seen.flamegraph),
        }
    }

    /// The share of a part: that of the profiler if it has seen enough, that of the stopwatch otherwise.
    pub(crate) fn share(&self, part: Part) -> f64 {
        let found = self.parts.iter().find(|share| share.part == part);
        found.map_or(0.0, |found| {
            found.share.filter(|_| self.has_enough_samples()).unwrap_or(found.stopwatch_share)
        })
    }

    /// The share of each part, by its name.
    pub(crate) fn shares(&self) -> Vec<(&'static str, f64)> {
        Part::ALL.map(|part| (part.as_str(), self.share(part))).into()
    }

    /// Whether the profiler has seen enough.
    pub(crate) fn has_enough_samples(&self) -> bool {
        self.samples.is_some_and(|samples| samples >= ENOUGH)
    }

    /// The part with the largest share.
    pub(crate) fn hottest(&self) -> Part {
        let by_share = |a: &Part, b: &Part| self.share(*a).total_cmp(&self.share(*b));
        Part::ALL.into_iter().max_by(by_share).unwrap_or(Part::Distances)
    }

    /// How sure a share is, with 95 % confidence: as sure as a poll among so many.
    pub(crate) fn margin(&self, share: f64) -> f64 {
        1.96 * (share * (1.0 - share) / self.samples.unwrap_or(0).max(1) as f64).sqrt()
    }

    /// A profile by the stopwatch alone, for tests.
    #[cfg(test)]
    pub(crate) fn by_stopwatch(shares: [f64; Part::ALL.len()]) -> Self {
        Profile::new("first", shares, Err("nobody looked on".to_owned()))
    }
}
