use std::hint::black_box;
use std::ops::RangeInclusive;
use std::time::Duration;

use kernels::{Ceiling, KernelName, peaks, simd::Level};
use serde::{Deserialize, Serialize};

use super::{Cache, read_rate};
use crate::{Context, Error, quickest};

/// The fastest that this machine can do what a kernel needs, measured by loops that do nothing
/// else.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize)]
pub struct Ceilings {
    /// Counting numbers made and added by one core, in vectors of the best level: a loop in assembly, where there is
    /// one.
    pub additions_per_second_per_core: f64,
    /// Float divisions by one core, in vectors of the best level.
    pub divisions_per_second_per_core: f64,
    /// Bytes read from memory by all usable cores together.
    pub read_bytes_per_second: f64,
}

/// How much is read at least and at most where the kernel has no numbers of its own. It is freed before
/// anything else is measured.
const BUFFER_BYTES: RangeInclusive<usize> = 64 << 20..=256 << 20;

/// How much is read to measure the memory and not a cache: four times the largest of `caches`, so that parts for two or
/// three workers do not fit the caches of these either.
fn buffer_bytes(caches: &[Cache]) -> usize {
    let largest = caches.iter().map(|cache| cache.bytes as usize).max().unwrap_or(0);
    largest.saturating_mul(4).clamp(*BUFFER_BYTES.start(), *BUFFER_BYTES.end())
}

impl Ceilings {
    /// Measures each ceiling several times and keeps the fastest: about 0.1 seconds. What is read from
    /// memory are `numbers` if they are many, and a buffer otherwise: much more than `caches` hold.
    ///
    /// # Errors
    ///
    /// Where the system refuses a thread, or the memory.
    pub fn measured(
        context: &Context,
        caches: &[Cache],
        numbers: Option<&[u64]>,
    ) -> Result<Self, Error> {
        let many = buffer_bytes(caches);
        let level = Level::best();
        let _worker = context.enter(0);
        Ok(Ceilings {
            additions_per_second_per_core: additions_per_second(level, ADDITIONS),
            divisions_per_second_per_core: {
                let turns = 40_000;
                let time = quickest(DIVISIONS, || {
                    black_box(peaks::divide(level, black_box(1.5), turns));
                });
                (turns * peaks::DIVISIONS_IN_A_TURN as u64) as f64 / time
            },
            read_bytes_per_second: match numbers.filter(|numbers| size_of_val(*numbers) >= many) {
                Some(numbers) => read_rate(context, numbers)?,
                None => read_rate(context, &buffer(many)?)?,
            },
        })
    }
}

fn buffer(bytes: usize) -> Result<Vec<u64>, Error> {
    let mut numbers = Vec::new();
    numbers.try_reserve_exact(bytes / 8).map_err(|cause| Error::Refused {
        what: format!("{} MiB, to measure how fast memory is read,", bytes >> 20),
        cause: cause.to_string(),
        remedy: "end other programs, or raise the limit (ulimit -v)",
    })?;
    numbers.resize(bytes / 8, 1);
    Ok(numbers)
}

impl Ceilings {
    /// Whether none was measured.
    pub(super) fn are_unknown(&self) -> bool {
        *self == Self::default()
    }

    /// Takes note of a rate that one core was seen to reach on a kernel: the ceiling is no lower.
    ///
    /// The ceilings are measured for a moment only, and the machine may be faster a second later.
    pub fn seen(&mut self, kernel: KernelName, terms_per_second: f64) {
        let ceiling = match kernel.description().ceiling {
            Some(Ceiling::Additions) => &mut self.additions_per_second_per_core,
            Some(Ceiling::Divisions) => &mut self.divisions_per_second_per_core,
            Some(Ceiling::Bandwidth) | None => return,
        };
        *ceiling = ceiling.max(terms_per_second);
    }
}

/// How long each loop is repeated: for about twenty calls.
const ADDITIONS: Duration = Duration::from_millis(20);
const DIVISIONS: Duration = Duration::from_millis(15);

/// How many counting numbers a second one core makes and adds with the instructions of `level`: the best of as many
/// calls as fit into `time`.
pub fn additions_per_second(level: Level, time: Duration) -> f64 {
    let turns = 12_800_000 / peaks::additions_in_a_turn(level);
    let seconds = quickest(time, || {
        black_box(peaks::add(level, black_box(0), turns));
    });
    (turns * peaks::additions_in_a_turn(level)) as f64 / seconds
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 64 MiB are read by two workers from caches of 32 MiB each.
    #[test]
    fn more_is_read_than_the_caches_hold() {
        let caches = |bytes| [Cache { level: 3, kind: "Unified".to_owned(), bytes }];
        assert_eq!(buffer_bytes(&[]), 64 << 20);
        assert_eq!(buffer_bytes(&caches(2 << 20)), 64 << 20);
        assert_eq!(buffer_bytes(&caches(32 << 20)), 128 << 20);
        assert_eq!(buffer_bytes(&caches(1 << 40)), 256 << 20);
    }
}
