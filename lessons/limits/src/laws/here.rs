//! Curves that are measured on this machine.

use std::hint::black_box;
use std::time::Duration;

use kernels::{Integers, Kernel, Known, Partial, Pi, Workers};
use laws::{Curve, Round, WeakReading};
use measure::{Board, Capacity, Context, Error, Interval, Plan, Rounds, Row, Weights, capacity};
use units::three_digits;

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
    measured(&Pi::new(terms)?, &counts, |_| terms, Some(terms)).map(Some)
}

/// What becomes of a sum that grows with its workers, here.
#[derive(Debug)]
pub(super) struct GrowingSum {
    pub(super) reading: WeakReading,
    /// What the machine withheld, if it did: Gustafson's law knows nothing of that.
    pub(super) withheld: Option<String>,
}

/// The same with p times the work for p workers: Gustafson's question.
pub(super) fn weak() -> Result<GrowingSum, Error> {
    let (terms, most) = (10_000_000, Workers::usable());
    let kernel = Integers::new(terms * most.get() as u64)?;
    let counts: Vec<usize> = Workers::doubling(most).into_iter().map(Workers::get).collect();
    let points = measured(&kernel, &counts, |workers| terms * workers.get() as u64, Some(terms))?;
    Ok(GrowingSum {
        withheld: withheld(&points),
        reading: WeakReading::of(&Curve::of_rounds(points)),
    })
}

/// Names the worker count for which the machine gave the smallest share of the cores, if it was clearly not all.
fn withheld(points: &Points) -> Option<String> {
    let cores = |(workers, rounds): &(usize, Vec<Round>)| {
        let cores: Vec<f64> = rounds.iter().map(|round| round.cores).collect();
        Some((*workers, Interval::of(&cores)?))
    };
    let share = |given: &(usize, Interval)| given.1.median / given.0 as f64;
    let fewest = points.iter().filter_map(cores).min_by(|a, b| share(a).total_cmp(&share(b)));
    let (workers, cores) = fewest?;
    (cores.high? < MOST_OF_THEM * workers as f64).then(|| {
        format!(
            "The machine gave only {} cores to {workers} workers just then: that much of it is the machine, not \
             the program.",
            three_digits(cores.median)
        )
    })
}

/// A smaller share of the cores is no noise.
const MOST_OF_THEM: f64 = 0.85;

/// As many worker counts as a curve needs, up to `most`: powers of two, and others that fill the gaps.
fn counts(most: usize) -> Vec<usize> {
    let doubling = Workers::doubling(Workers::new(most).unwrap_or(Workers::ONE));
    let mut counts: Vec<usize> = doubling.into_iter().map(Workers::get).collect();
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

/// `scoped` with each worker count, round by round; beside it the control, on as many terms as `control`
/// says. Without one, each worker is taken to have a core.
fn measured<K: Kernel>(
    kernel: &K,
    counts: &[usize],
    terms: impl Fn(Workers) -> u64,
    control: Option<u64>,
) -> Result<Points, Error> {
    let board = Board::new(Duration::MAX);
    let mut rounds = Rounds::new(&board);
    if let Some(terms) = control {
        let weights = Weights::timed(kernel, 0..terms);
        let baseline = move || Ok(black_box(kernel).sum(black_box(0..terms)).erased().into());
        rounds = rounds.with_baseline(terms, Box::new(baseline), Box::new(|_| ())).with_control(
            &[],
            Box::new(move |context, alone| capacity(kernel, &weights, context, alone)),
        );
    }
    for workers in counts.iter().filter_map(|count| Workers::new(*count)) {
        let (context, terms) = (Context::new(workers), terms(workers));
        let row = Row::new("scoped", workers, terms);
        rounds.add(row, false, context.clone(), None, || {
            Ok(Box::new(move || Ok(threads::scoped(kernel, 0..terms, &context)?.erased().into())))
        });
    }
    rounds.run(Plan::rounds(ROUNDS), &|| ());
    let results = board.results();
    results.all_good()?;
    let point = |row: &Row| {
        let given = results.controls.get(&row.workers);
        let cores = |place: usize| given.and_then(|rounds| rounds.get(place)).map(Capacity::cores);
        let round = |(place, seconds): (usize, &f64)| Round {
            seconds: *seconds,
            cores: cores(place).unwrap_or(row.workers.get() as f64),
        };
        (row.workers.get(), row.seconds.iter().enumerate().map(round).collect())
    };
    Ok(results.rows.iter().map(point).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_count_is_timed_in_each_round() {
        let kernel = Integers::new(1000).expect("a small sum");
        let points = measured(&kernel, &[1, 3], |_| 1000, Some(1000)).expect("nothing fails");
        assert!(points[0].1.iter().all(|round| round.cores == 1.0), "one worker has one core");
        let shape: Vec<(usize, usize)> =
            points.iter().map(|point| (point.0, point.1.len())).collect();
        assert_eq!(shape, [(1, ROUNDS), (3, ROUNDS)]);
    }

    #[test]
    fn what_the_machine_withheld_is_not_the_program() {
        let points = |cores: f64| {
            let round = |cores| Round { seconds: 1.0, cores };
            vec![(1, vec![round(1.0); ROUNDS]), (2, vec![round(cores); ROUNDS])]
        };
        // Seen: "2 workers took longer for 2 times the work than one would", with 0.84 cores given.
        let text = withheld(&points(0.84)).expect("a core was missing");
        assert!(text.contains("only 0.84 cores to 2 workers"), "{text}");
        assert_eq!(withheld(&points(1.97)), None);
    }

    #[test]
    fn six_cores_are_enough_for_six_counts() {
        assert_eq!(counts(6), [1, 2, 3, 4, 5, 6]);
        assert_eq!(counts(2), [1, 2]);
        assert_eq!(counts(64), [1, 2, 4, 8, 16, 32, 64]);
        assert_eq!(counts(16), [1, 2, 3, 4, 8, 16]);
    }
}
