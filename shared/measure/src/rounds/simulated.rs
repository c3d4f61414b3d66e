//! Rounds on a made-up machine, whose noise and whose truth are known: how often does the interval that is
//! printed as 95 % hold the truth?

use std::cell::RefCell;
use std::time::{Duration, Instant};

use rng::Rng;

use crate::{Board, Plan, Results, Rounds, Setup, Summed, Work};

/// Work that takes as long as `seconds` says, by a clock of its own.
fn taking<'r>(mut seconds: impl FnMut() -> f64 + 'r) -> Work<'r> {
    // So long that it is called once for a sample, and needs no warming up.
    Box::new(move || {
        Ok(Summed { sum: 0.into(), took: Some(Duration::from_secs_f64(1000.0 * seconds())) })
    })
}

/// What is seen of rows that take just as long as the baseline, whose times are `noise` around 1.
fn measured(
    plan: Plan,
    seed: u64,
    rows: usize,
    baseline: impl FnMut() -> f64,
    row: impl Fn() -> f64,
) -> Results {
    let board = Board::new(Duration::MAX);
    let mut rounds = Rounds::new(&board)
        .with_setup(&Setup::default().with_seed(seed))
        .with_baseline(1, taking(baseline), Box::new(|_| ()));
    for _ in 0..rows {
        rounds.add_work("made up", taking(&row));
    }
    rounds.run(plan, &|| ());
    board.results().clone()
}

/// Whether the interval of the speedup of each row holds 1, which is the truth.
fn held(results: &Results) -> impl Iterator<Item = bool> {
    results.rows.iter().map(|row| {
        let interval = row.interval(&row.speedups).expect("there are rounds");
        interval.low.is_some_and(|low| low <= 1.0) && interval.high.is_some_and(|high| high >= 1.0)
    })
}

/// Looks at one row until it is steady, in so many runs: the part of them whose interval holds the truth.
fn coverage(deviation: f64, autocorrelation: f64, runs: u64) -> f64 {
    let new = (1.0 - autocorrelation * autocorrelation).sqrt();
    let plan = Plan { rounds: None, until: Instant::now() + Duration::from_secs(3600) };
    let good = (0..runs).filter(|run| {
        let mut rng = Rng::new(1_000_000 + run);
        let noise = RefCell::new((rng.normal(), rng));
        let row = || {
            let (noise, rng) = &mut *noise.borrow_mut();
            *noise = autocorrelation * *noise + new * rng.normal();
            (deviation * *noise).exp()
        };
        held(&measured(plan, *run, 1, || 1.0, row)).all(|held| held)
    });
    good.count() as f64 / runs as f64
}

#[test]
fn intervals_hold_the_truth_although_somebody_looked() {
    for (deviation, autocorrelation) in
        [(0.01, 0.0), (0.02, 0.0), (0.03, 0.0), (0.02, 0.1), (0.02, 0.2), (0.03, 0.2)]
    {
        let coverage = coverage(deviation, autocorrelation, 1500);
        assert!((0.94..0.985).contains(&coverage), "{deviation} {autocorrelation}: {coverage}");
    }
}

/// As a laptop that warms up: in a fixed order, the last row would always be later than the baseline.
#[test]
fn a_machine_that_slows_down_is_as_hard_on_the_baseline_as_on_any_row() {
    const ROWS: usize = 11;
    const ROUNDS: usize = 21;
    const RUNS: u64 = 600;
    let mut good = [0; ROWS];
    for run in 0..RUNS {
        let machine = RefCell::new((0, Rng::new(run)));
        // 20 % slower in the end.
        let time = || {
            let (done, rng) = &mut *machine.borrow_mut();
            *done += 1;
            let slower = 0.2 * f64::from(*done) / ((ROWS + 1) * ROUNDS) as f64;
            (1.0 + slower) * (0.01 * rng.normal()).exp()
        };
        let results = measured(Plan::rounds(ROUNDS), run, ROWS, time, time);
        for (good, held) in good.iter_mut().zip(held(&results)) {
            *good += u64::from(held);
        }
    }
    let coverages = good.map(|good| good as f64 / RUNS as f64);
    assert!(coverages.iter().all(|coverage| *coverage > 0.93), "{coverages:?}");
}
