//! How many cores the machine gives to the row that shares the hot part.

use std::hint::black_box;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::time::{Duration, Instant};

use kernels::Workers;
use measure::{Context, Error, Interval, time_together};

use crate::Record;
use crate::first::distance_from;

/// Long enough for thousands of distances, and short beside a run of the program.
const WINDOW: Duration = Duration::from_millis(8);

/// How many records were compared with all records in a window of the same length.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Done {
    /// By one thread alone.
    alone: u64,
    /// By all threads together, which share nothing.
    together: u64,
}

impl Done {
    /// What so many threads do just now.
    ///
    /// # Errors
    ///
    /// Where the system refuses a thread.
    pub(crate) fn now(records: &[Record<'_>], workers: Workers) -> Result<Self, Error> {
        Ok(Done {
            alone: distances_done(records, Workers::ONE)?,
            together: distances_done(records, workers.min(Workers::usable()))?,
        })
    }
}

/// How many cores' worth of the hot part the threads did, round by round: 1 is one core alone at its best.
/// `None` where there was nothing to do.
pub(crate) fn capacity(rounds: &[Done]) -> Option<Interval> {
    let best = rounds.iter().map(|done| done.alone).max().filter(|best| *best > 0)?;
    let cores = rounds.iter().map(|done| done.together as f64 / best as f64);
    Interval::of(&cores.collect::<Vec<f64>>())
}

/// How many records so many threads compare with all records, within the window.
fn distances_done(records: &[Record<'_>], workers: Workers) -> Result<u64, Error> {
    let done = AtomicU64::new(0);
    time_together(&Context::new(workers), |_| {
        let end = Instant::now() + WINDOW;
        let mine = records.iter().cycle().take_while(|one| {
            black_box(distance_from(one.tenths, black_box(records)));
            Instant::now() < end
        });
        // Relaxed: it is only read after all threads have ended.
        done.fetch_add(mine.count() as u64, Relaxed);
    })?;
    Ok(done.into_inner())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::first::parse;

    #[test]
    fn nothing_to_do_is_no_capacity() {
        let done = Done::now(&[], Workers::ONE).expect("one thread starts");
        assert_eq!(capacity(&[done]), None);
        assert_eq!(capacity(&[]), None);
    }

    #[test]
    fn a_thread_alone_does_something_in_the_window() {
        let parsed = parse(b"a;1\nb;2.5\n", false).expect("good lines");
        let done = Done::now(&parsed.records, Workers::ONE).expect("one thread starts");
        assert!(done.alone > 0, "{done:?}");
    }

    #[test]
    fn a_core_that_was_slow_for_a_moment_makes_no_third_one() {
        let rounds = [(100, 196), (60, 190), (100, 198)];
        let rounds = rounds.map(|(alone, together)| Done { alone, together });
        assert_eq!(capacity(&rounds).map(|cores| cores.median), Some(1.96));
    }
}
