use course::made_up::{control, nearly};
use course::{Seconds, WholeBaseline};
use measure::Interval;
use measure::machine::Machine;
use measure::verdict::Verdict;

use super::*;
use crate::document::Facts;

/// A program on `cores` usable cores whose copies get all of them: workers, seconds, and cores that it used.
fn document(cores: usize, rows: &[(usize, f64, f64)]) -> Scaling {
    let alone = rows[0].1;
    let run = |&(workers, seconds, used): &(usize, f64, f64)| Run {
        strategy: "mine".to_owned(),
        workers,
        terms: 1,
        seconds: Some(Seconds { interval: nearly(seconds), samples: vec![seconds; 10] }),
        comparable_seconds: Some(seconds),
        rate: None,
        speedup: Some(nearly(alone / seconds)),
        of_control: Some(nearly(alone / seconds / workers as f64)),
        efficiency: None,
        cpu_seconds: None,
        used: Some(used),
        taken: Some(0.1),
        peak_bytes: None,
        serial: None,
        verdict: Verdict::Right,
        note: None,
    };
    let given = |row: &(usize, f64, f64)| control(&vec![1.0; row.0], &vec![1.0; row.0]);
    Scaling {
        seed: 7,
        machine: Machine { usable_cores: cores, ..Machine::default() },
        program: Facts { start_seconds: Some(0.001), ..Facts::default() },
        baseline: Some(WholeBaseline { strategy: "mine".to_owned(), seconds: nearly(alone) }),
        controls: rows[1..].iter().map(given).collect(),
        runs: rows.iter().map(run).collect(),
        pays: Vec::new(),
        laws: Vec::new(),
        findings: Vec::new(),
    }
}

#[track_caller]
fn says(document: &Scaling, sentences: &[&str]) {
    let found = findings(document);
    assert_eq!(found.len(), sentences.len(), "{found:#?}");
    for (sentence, words) in found.iter().zip(sentences) {
        assert!(sentence.contains(words), "{words}: {sentence}");
    }
}

#[test]
fn the_advice_is_the_fewest_workers_that_are_as_good() {
    says(
        &document(2, &[(1, 1.0, 1.0), (2, 0.51, 2.0)]),
        &["Use 2 workers: 2.0x, and little is left"],
    );
    let part = [(1, 1.0, 1.0), (2, 0.6, 1.8), (4, 0.4, 3.0)];
    says(&document(4, &part), &["Use 4 workers: 2.5x, and 62 % of what this machine gives to"]);
    let level = [(1, 1.0, 1.0), (2, 0.6, 1.8), (4, 0.595, 2.0)];
    says(
        &document(4, &level),
        &["Use 2 workers: 1.7x, and 83 % of what this machine gives to so many copies; more"],
    );
    says(&document(2, &[(1, 1.0, 1.0), (2, 1.1, 1.9)]), &["Use 1 worker"]);
    let mut wrong = document(2, &[(1, 1.0, 1.0), (2, 0.5, 2.0)]);
    wrong.runs[1].verdict = Verdict::Wrong;
    says(&wrong, &[]);
}

#[test]
fn a_gain_that_may_be_chance_is_called_so() {
    let mut unsure = document(2, &[(1, 1.0, 1.0), (2, 0.7, 1.6)]);
    unsure.runs[1].speedup = Some(Interval { median: 1.4, low: Some(0.9), high: Some(1.7) });
    says(&unsure, &["Use 2 workers", "may be chance"]);
    unsure.runs[1].speedup = Some(Interval { median: 1.4, low: None, high: None });
    says(&unsure, &["Use 2 workers", "10 rounds, too few"]);
}

#[test]
fn a_cause_is_named_where_the_processor_time_tells_it() {
    let ignores = document(2, &[(1, 1.0, 0.99), (2, 1.0, 0.99)]);
    says(&ignores, &["Use 1 worker", "it ignores {workers}"]);
    let two = document(2, &[(1, 1.0, 1.9), (2, 1.0, 1.9)]);
    says(&two, &["Use 1 worker", "ignores", "it used 1.90 cores already"]);
    let waits = document(2, &[(1, 1.0, 0.05), (2, 0.5, 0.1)]);
    says(&waits, &["Use 2 workers", "it computes for 5 % of its time and waits"]);
}

/// A busy machine looks like a program that waits, but for the way in which it loses its core.
#[test]
fn who_has_no_core_does_not_wait() {
    let mut taken = document(2, &[(1, 1.0, 0.4), (2, 0.5, 0.8)]);
    taken.runs[0].taken = Some(0.9);
    says(&taken, &["Use 2 workers", "it had a core for 40 % of the time, and it did not wait"]);
    taken.runs[0].taken = None;
    says(&taken, &["Use 2 workers", "had a core for 40 % of its time. Either it waits"]);
}

#[test]
fn a_machine_that_holds_back_copies_too_is_named() {
    let mut slow = document(2, &[(1, 1.0, 1.0), (2, 0.8, 2.0)]);
    slow.controls[0] = control(&[0.65, 0.65], &[1.0, 1.0]);
    slow.runs[1].of_control = Some(nearly(1.25 / 1.3));
    says(&slow, &["96 % of what this machine gives", "got no more than 1.30 cores' worth"]);
    slow.runs[0].used = Some(1.8);
    says(&slow, &["96 % of what this machine gives", "it used 1.80 cores already"]);
}

#[test]
fn a_run_that_is_little_more_than_a_start_says_little() {
    let short = document(2, &[(1, 0.003, 1.0), (2, 0.0025, 1.4)]);
    says(
        &short,
        &[
            "Use 2 workers",
            "To start any program takes 1.00 ms here, and the fastest run took 2.50 ms",
        ],
    );
}

#[test]
fn the_serial_part_has_an_interval() {
    let mut serial = document(2, &[(1, 0.010, 1.0), (2, 0.006, 1.7)]);
    serial.runs[1].serial = Some(nearly(0.2));
    let with = "20.0 % (19.9 to 20.1 %) of its work is done by one worker: 2.00 ms of 10.0 ms, of which 1.00 ms start it; \
                then no number of workers makes it more than 5.00 times as fast";
    says(&serial, &["Use 2 workers", with]);
    serial.runs[1].serial = Some(Interval { median: 0.2, low: Some(-0.1), high: Some(0.5) });
    says(&serial, &["Use 2 workers"]);
}

#[test]
fn what_was_seen_beside_the_times_is_told() {
    let mut seen = document(2, &[(1, 1.0, 1.0), (2, 0.51, 2.0)]);
    let (written, left, without_control) = (vec!["a".to_owned(), "b".to_owned()], 2, vec![8]);
    seen.program = Facts { written, left, without_control, ..seen.program };
    says(
        &seen,
        &[
            "Use 2",
            "(a and 1 more)",
            "2 processes that it had started still ran, and were",
            "No control with 8",
        ],
    );
}

#[test]
fn a_sequential_program_may_be_the_best() {
    let mut own = document(4, &[(1, 1.0, 1.0), (2, 0.6, 1.9), (4, 0.35, 3.5)]);
    own.program.has_own_baseline = true;
    let mut speedups = |of: [f64; 3]| {
        own.runs.iter_mut().zip(of).for_each(|(run, speedup)| run.speedup = Some(nearly(speedup)));
        own.clone()
    };
    says(
        &speedups([0.5, 0.8, 1.5]),
        &["Use 4 workers", "It takes 4 workers to be faster than the sequential"],
    );
    says(&speedups([0.3, 0.5, 0.9]), &["Use the sequential program (--alone)"]);
}
