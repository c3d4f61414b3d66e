//! Curves that are measured on this machine.

use std::hint::black_box;
use std::time::Instant;

use kernels::{Integers, Known, Pi, Workers};
use laws::{Curve, WeakReading};
use measure::Error;

use super::Points;
use super::held_out::ENOUGH;

const ROUNDS: usize = 7;

/// The time of `pi` by `scoped` over at least six worker counts; `None` where there are fewer cores.
pub(super) fn curve() -> Result<Option<Points>, Error> {
    let counts = counts(Workers::usable().get());
    if counts.len() < ENOUGH {
        return Ok(None);
    }
    let terms = 20_000_000;
    let kernel = Pi::new(terms)?;
    measured(&counts, |workers| threads::scoped(&kernel, 0..terms, workers)).map(Some)
}

/// The same with p times the work for p workers: Gustafson's question.
pub(super) fn weak() -> Result<WeakReading, Error> {
    let terms = 10_000_000;
    let most = Workers::usable().get() as u64;
    let kernel = Integers::new(terms * most)?;
    let counts: Vec<usize> =
        Workers::ladder(Workers::usable()).iter().map(|workers| workers.get()).collect();
    let points = measured(&counts, |workers| {
        threads::scoped(&kernel, 0..terms * workers.get() as u64, workers)
    })?;
    Ok(WeakReading::of(&Curve::new(points)))
}

/// As many worker counts as a curve needs, up to `most`: powers of two, and others that fill the gaps.
fn counts(most: usize) -> Vec<usize> {
    let ladder = Workers::ladder(Workers::new(most).unwrap_or(Workers::ONE));
    let mut counts: Vec<usize> = ladder.iter().map(|workers| workers.get()).collect();
    for count in 1..=most {
        if counts.len() >= ENOUGH {
            break;
        }
        counts.push(count);
        counts.sort_unstable();
        counts.dedup();
    }
    counts
}

/// Each worker count in turn, round by round.
fn measured(
    counts: &[usize],
    mut sum: impl FnMut(Workers) -> Result<u64, Error>,
) -> Result<Points, Error> {
    let mut points: Points = counts.iter().map(|count| (*count, Vec::new())).collect();
    for _ in 0..ROUNDS {
        for (count, samples) in &mut points {
            let workers = Workers::new(*count).unwrap_or(Workers::ONE);
            let start = Instant::now();
            black_box(sum(workers)?);
            samples.push(start.elapsed().as_secs_f64());
        }
    }
    Ok(points)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_count_is_timed_in_each_round() {
        let points = measured(&[1, 3], |workers| Ok(workers.get() as u64)).expect("nothing fails");
        let shape: Vec<(usize, usize)> =
            points.iter().map(|point| (point.0, point.1.len())).collect();
        assert_eq!(shape, [(1, ROUNDS), (3, ROUNDS)]);
    }

    #[test]
    fn six_cores_are_enough_for_six_counts() {
        assert_eq!(counts(6), [1, 2, 3, 4, 5, 6]);
        assert_eq!(counts(2), [1, 2]);
        assert_eq!(counts(64), [1, 2, 4, 8, 16, 32, 64]);
        assert_eq!(counts(16), [1, 2, 3, 4, 8, 16]);
    }
}
