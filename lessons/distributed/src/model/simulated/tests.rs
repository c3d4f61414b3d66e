use kernels::{Known, Memory, Primes};

use super::*;
use crate::model::COST_MODELS;

const COSTS: Costs = Costs { latency: 2e-6, gap: 1e-6, per_byte: 1e-10 };

fn time(row: &str, job: &Job, ranks: u64) -> f64 {
    simulated(row, &COSTS, job, ranks).expect(row)
}

fn near(found: f64, expected: f64) -> bool {
    (found - expected).abs() < 1e-9
}

#[test]
fn every_way_has_a_program_and_one_rank_only_works() {
    let job = Job::new(Primes::NAME, 100, &[1.0, 2.0]);
    for strategy in COST_MODELS {
        assert_eq!(time(strategy.name, &job, 1), 3.0, "{}", strategy.name);
    }
    assert_eq!(simulated("your-turn", &COSTS, &job, 2), None);
}

#[test]
fn messages_alone_are_counted_by_hand() {
    let nothing = Job::nothing(Primes::NAME);
    let cases = [
        ("tree", 8, 6e-6),
        // The ninth rank has nobody below it and sends at once: rank 0 has only to take it in.
        ("tree", 9, 7e-6),
        ("flat", 8, 8e-6),
        ("ring", 8, 16e-6),
        ("hybrid", 8, 4e-6),
        // They ask at 0. The master has the first question at 2 us, and each answer and the next
        // question keep it for 2 us; it ends when the seventh answer is on its way.
        ("master-worker", 8, 2e-6 + 7.0 * 2e-6 - 1e-6),
    ];
    for (row, ranks, expected) in cases {
        let found = time(row, &nothing, ranks);
        assert!(near(found, expected), "{row}, {ranks} ranks: {found}");
    }
}

#[test]
fn even_work_takes_as_long_as_the_formula_says() {
    let mut even = Job::new(Memory::NAME, 1 << 20, &vec![1e-3; 1 << 10]);
    (even.making, even.waking) = (0.3, 10e-6);
    for strategy in COST_MODELS {
        for ranks in [1, 2, 4, 16, 256, 1024] {
            let (found, formula) =
                (time(strategy.name, &even, ranks), (strategy.time)(&COSTS, &even, ranks));
            let (name, off) = (strategy.name, found / formula - 1.0);
            // Workers that all ask at once wait for each other, and numbers that travel while others are
            // summed are not waited for: the formula has neither.
            let [above, below] = match name {
                "master-worker" => [0.02, 0.06],
                "scattered" => [0.0, 0.06],
                _ => [0.0, 0.0],
            };
            assert!(off <= above + 1e-9, "{name}, {ranks} ranks: {found} above {formula}");
            assert!(off >= -below - 1e-9, "{name}, {ranks} ranks: {found} below {formula}");
        }
    }
}

#[test]
fn uneven_work_is_worked_out_by_hand() {
    // The last block costs most, as on primes.
    let job = Job::new(Primes::NAME, 400, &[1.0, 1.0, 1.0, 5.0]);
    let message = COSTS.latency;
    // Equal ranges on two ranks: rank 1 has the last two blocks.
    assert!(near(time("tree", &job, 2), 6.0 + message));
    // Dealt out: rank 1 has blocks 1 and 3.
    assert!(near(time("static-blocks", &job, 2), 6.0 + message));
    // Dealt out to three: rank 0 has blocks 0 and 3, and the others are done long before.
    let there = 1.0 + 5.0 + COSTS.gap + COSTS.gap;
    assert!(near(time("static-blocks", &job, 3), there), "{}", time("static-blocks", &job, 3));
    // A master with two workers: 1 + 1, and then 1 + 5 on the one that asks first or second.
    let handed = time("master-worker", &job, 3);
    assert!((handed - 6.0).abs() < 20e-6, "{handed}");
}

#[test]
fn the_best_number_is_where_the_formula_has_it() {
    let job = Job::new(Primes::NAME, 1 << 20, &vec![1e-6; 1 << 20]);
    // work/ranks + ranks * latency: least at 724, so 512 or 1024 of the powers of two.
    let (ranks, time) = best("ring", &COSTS, &job, 1 << 20).expect("it has a program");
    assert!(ranks == 512 || ranks == 1024, "{ranks}");
    assert!(time < 1.1 * 2.0 * (1.05_f64 * 2e-6).sqrt(), "{time}");
    // As far as it is asked, and no further.
    assert_eq!(best("tree", &COSTS, &job, 64).expect("it has a program").0, 64);
}
