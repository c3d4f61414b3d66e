use std::hint::black_box;
use std::ops::Range;
use std::time::Instant;

use kernels::{peaks, simd::Level, split};

use crate::{Context, Error, together};

/// How often each worker reads its part.
const PASSES: usize = 4;

/// In how many steps it reads it, with a look at the clock after each.
const STEPS: usize = 8;

/// A step reads so many bytes at least, a short part over and over: else it says more about the clock.
const SHORTEST_STEP: usize = 512 << 10;

/// Bytes a second, by the workers of `context`, which each read a part of `numbers`, several times over.
///
/// Only the time counts in which all of them read: it ends with the first that is done, so a slow worker
/// counts for what it did, and nobody waits for it. The best quarter of that time is taken.
///
/// # Errors
///
/// Where the system refuses a thread.
pub fn read_rate(context: &Context, numbers: &[u64]) -> Result<f64, Error> {
    let level = Level::best_up_to_256_bits();
    let parts: Vec<Range<u64>> =
        split::ranges(&(0..numbers.len() as u64), context.workers()).collect();
    let common_start = Instant::now();
    let seconds = || common_start.elapsed().as_secs_f64();
    let all = together(context, |worker| {
        let mut progress = Progress { seconds: vec![seconds()], bytes: vec![0.0] };
        let (whole, mut bytes) = (&parts[worker], 0.0);
        let (steps, repeats) = cut(split::len(whole) as usize * size_of::<u64>());
        for step in 0..PASSES * STEPS {
            let step = split::part(whole, step % steps, steps);
            let part = &numbers[step.start as usize..step.end as usize];
            for _ in 0..repeats {
                black_box(peaks::read(level, black_box(part)));
            }
            bytes += (size_of_val(part) * repeats) as f64;
            progress.seconds.push(seconds());
            progress.bytes.push(bytes);
        }
        progress
    })?;
    Ok(best_rate(&all))
}

/// In how many steps a part of so many bytes is read, and how often each step is repeated.
fn cut(bytes: usize) -> (usize, usize) {
    let steps = (bytes / SHORTEST_STEP).clamp(1, STEPS);
    (steps, SHORTEST_STEP.div_ceil((bytes / steps).max(1)))
}

/// What a worker had read by when.
struct Progress {
    seconds: Vec<f64>,
    bytes: Vec<f64>,
}

impl Progress {
    /// The bytes that were read by `moment`, which lies within the worker's time.
    fn by(&self, moment: f64) -> f64 {
        let next = self.seconds.partition_point(|seconds| *seconds <= moment);
        let Some(end) = self.seconds.get(next) else {
            return self.bytes.last().copied().unwrap_or(0.0);
        };
        let (start, before) = (self.seconds[next - 1], self.bytes[next - 1]);
        before + (self.bytes[next] - before) * (moment - start) / (end - start)
    }
}

/// The best rate of a quarter of the time in which all read.
fn best_rate(all: &[Progress]) -> f64 {
    let start = all.iter().map(|one| one.seconds[0]).fold(0.0, f64::max);
    let ends = all.iter().filter_map(|one| one.seconds.last().copied());
    let quarter = (ends.fold(f64::INFINITY, f64::min) - start) / PASSES as f64;
    if quarter <= 0.0 {
        // The last worker began when the first was done: on one core, they take turns.
        return one_after_the_other(all);
    }
    let read = |moment: f64| all.iter().map(|one| one.by(moment)).sum::<f64>();
    let rate = |from: f64| (read(from + quarter) - read(from)) / quarter;
    (0..PASSES).map(|number| rate(start + number as f64 * quarter)).fold(0.0, f64::max)
}

fn one_after_the_other(all: &[Progress]) -> f64 {
    let bytes: f64 = all.iter().filter_map(|one| one.bytes.last()).sum();
    let start = all.iter().map(|one| one.seconds[0]).fold(f64::INFINITY, f64::min);
    let end = all.iter().filter_map(|one| one.seconds.last().copied()).fold(0.0, f64::max);
    bytes / (end - start)
}

#[cfg(test)]
mod tests {
    use kernels::Workers;

    use super::*;

    /// Reads 100 bytes in each step.
    fn steady(start: f64, step: f64) -> Progress {
        let seconds = (0..=8).map(|number| start + step * f64::from(number)).collect();
        Progress { seconds, bytes: (0..=8).map(|number| f64::from(number) * 100.0).collect() }
    }

    fn close(rate: f64, expected: f64) {
        assert!((rate / expected - 1.0).abs() < 1e-9, "{rate} {expected}");
    }

    #[test]
    fn a_slow_worker_counts_for_what_it_reads() {
        close(best_rate(&[steady(0.0, 1.0), steady(0.0, 1.0)]), 200.0);
        // Two fifths as fast: 140, where waiting for it would give 80.
        close(best_rate(&[steady(0.0, 1.0), steady(0.0, 2.5)]), 140.0);
        // Whoever begins later counts from then on.
        close(best_rate(&[steady(0.0, 1.0), steady(1.5, 1.0)]), 200.0);
    }

    #[test]
    fn workers_that_take_turns_read_at_the_rate_of_one() {
        close(best_rate(&[steady(0.0, 1.0), steady(8.0, 1.0)]), 100.0);
    }

    #[test]
    fn a_short_part_is_read_over_and_over() {
        assert_eq!(cut(8 << 10), (1, 64), "of a cache");
        assert_eq!(cut(1 << 20), (2, 1));
        assert_eq!(cut(64 << 20), (STEPS, 1));
        assert_eq!(cut(0).0, 1);
    }

    #[test]
    fn memory_is_read_at_some_rate() {
        let numbers = vec![1; 100_000];
        for workers in [1, 3] {
            let context = Context::new(Workers::new(workers).expect("some"));
            let rate = read_rate(&context, &numbers).expect("threads start");
            assert!(rate > 0.0 && rate.is_finite(), "{rate}");
        }
    }
}
