//! What a profiler sees of a row.

#[cfg_attr(not(unix), path = "profile/nobody.rs")]
mod sampler;

use std::fs;
use std::time::{Duration, Instant};

use measure::Error;

use crate::program::{self, Done};
use crate::{Job, Part, Row};

/// With fewer samples a share is sure to no more than ten points.
const ENOUGH: u64 = 100;

/// A row that ran again and again while a sampling profiler looked on.
#[derive(Debug, Clone)]
pub(crate) struct Profile {
    pub(crate) row: &'static str,
    /// What the profiler saw; or why there is none.
    pub(crate) sampled: Result<Sampled, String>,
    /// The shares of the parts by the stopwatch, in the same runs.
    pub(crate) stopwatch: [f64; Part::ALL.len()],
}

/// What the profiler found on top of the stack each time, counted.
#[derive(Debug, Clone)]
pub(crate) struct Sampled {
    /// All samples.
    pub(crate) samples: u64,
    /// Those in each part, in the order of [`Part::ALL`].
    pub(crate) parts: [u64; Part::ALL.len()],
    /// The picture, unless there is nothing to draw.
    pub(crate) flamegraph: Option<Vec<u8>>,
}

impl Profile {
    /// Runs `row` for about `time`, at least once.
    pub(crate) fn of(row: &Row, job: &Job, time: Duration) -> Result<Self, Error> {
        let (parts, mut all) = ((row.parts)(), Done::default());
        let mut work = || {
            let start = Instant::now();
            while all.total.is_zero() || start.elapsed() < time {
                // As in the rounds: a new file is not written like one that is there.
                let _ = fs::remove_file(&job.output);
                let done = program::run(&parts, job)?;
                all.total += done.total;
                all.parts.iter_mut().zip(done.parts).for_each(|(sum, part)| *sum += part);
            }
            Ok(())
        };
        let sampled = sampler::sampled(row.name, &mut work)?;
        let total = all.total.as_secs_f64().max(1e-9);
        let stopwatch = all.parts.map(|part| part.as_secs_f64() / total);
        Ok(Profile { row: row.name, sampled, stopwatch })
    }

    /// The share of a part: that of the profiler if it has seen enough, that of the stopwatch otherwise.
    pub(crate) fn share(&self, part: Part) -> f64 {
        self.sampled().map_or(self.stopwatch[part as usize], |sampled| sampled.share(part))
    }

    /// The profiler's count, if it has seen enough.
    pub(crate) fn sampled(&self) -> Option<&Sampled> {
        self.sampled.as_ref().ok().filter(|sampled| sampled.samples >= ENOUGH)
    }

    /// The part with the largest share.
    pub(crate) fn hottest(&self) -> Part {
        let by_share = |a: &Part, b: &Part| self.share(*a).total_cmp(&self.share(*b));
        Part::ALL.into_iter().max_by(by_share).unwrap_or(Part::Distances)
    }
}

impl Sampled {
    pub(crate) fn share(&self, part: Part) -> f64 {
        self.parts[part as usize] as f64 / self.samples.max(1) as f64
    }

    /// How sure a share is, with 95 % confidence: as sure as a poll among so many.
    pub(crate) fn margin(&self, share: f64) -> f64 {
        1.96 * (share * (1.0 - share) / self.samples.max(1) as f64).sqrt()
    }
}
