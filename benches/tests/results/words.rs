//! The verdict in words, on made-up results.

use benches::chart::charts;
use benches::in_words::in_words;
use benches::results::{Measured, Question, Results};

use crate::made_up;

fn whole() -> Results {
    made_up::results(3, &[1, 2, 4, 8, 16], 8)
}

fn words(results: &Results) -> String {
    in_words(results).join("\n")
}

fn only(question: Question) -> Results {
    let mut results = whole();
    results.measured.retain(|measured| measured.question == question);
    results.machine.virtual_machine = Some(false);
    results
}

#[test]
fn a_whole_bench_has_a_remark_on_everything() {
    let remarks = in_words(&whole());
    assert_eq!(remarks.len(), 8, "{remarks:#?}");
    let said = remarks.join("\n");
    for part in [
        "integers 8.00 times as fast as one core (scoped, 100 % of the control)",
        "memory 1.50 times as fast as one core",
        "20.0 GB/s",
        "95 % of the 21.0 GB/s",
        "So the memory is the limit",
        "equal ranges ran 5.60 times as fast (scoped, 70 % of the control)",
        "work stealing 7.92 times as fast (rayon-join, 99 % of the control)",
        "takes work from one that is not",
        "16 workers on 8 cores used less of what the machine gave than 8 in 0 of 12",
        "bring nothing",
        "virtual machine",
        "a thread costs 20.0 us, a task costs 200 ns and a child process costs 900 us",
        "Counters 8 bytes apart",
        "6.00 times as long there as 256 bytes apart",
        "One lock for each term costs 10.0 ns with one worker and 80.0 ns with 8",
        "beside the best of C++, over 5 sums: slower in 5",
    ] {
        assert!(said.contains(part), "{part}\n{said}");
    }
}

/// Each measurement of memory with several workers.
fn of_memory(results: &mut Results) -> impl Iterator<Item = &mut Measured> {
    let scaling = results.measured.iter_mut().filter(|it| it.question == Question::Scaling);
    scaling.filter(|it| it.kernel == "memory" && it.workers > 1)
}

/// What the words and the chart say of the memory.
fn of_the_limit(results: &Results) -> [bool; 3] {
    let said = words(results);
    let charts = charts(results);
    let drawn =
        charts.iter().any(|it| it.reading.iter().any(|it| it.contains("Reading is the limit")));
    [said.contains("memory is the limit"), said.contains("not yet the limit"), drawn]
}

#[test]
fn the_memory_is_the_limit_where_its_rate_is_reached_and_cores_bring_nothing() {
    let mut results = whole();
    assert_eq!(of_the_limit(&results), [true, false, true]);
    // Half of a ceiling is no limit; and that of a cache is none of the memory.
    for ceiling in [4e10, 1e10] {
        results.machine.ceilings.read_bytes_per_second = ceiling;
        assert_eq!(of_the_limit(&results), [false; 3], "{ceiling}");
    }
    for it in of_memory(&mut results) {
        it.cores = vec![it.workers.min(8) as f64; 10];
        it.seconds = it.baseline.iter().map(|alone| alone / it.workers as f64).collect();
    }
    assert_eq!(of_the_limit(&results), [false, true, false]);
}

/// As recorded: 1.18x and 1.96x, each 98 % of what the machine gave just then.
#[test]
fn a_win_that_the_machine_gave_is_not_work_stealing() {
    let mut results = whole();
    for it in &mut results.measured {
        if it.kernel == "primes" && it.strategy == "scoped" && it.workers == 8 {
            it.cores = vec![5.6; 10];
        }
    }
    let said = words(&results);
    assert!(said.contains("within the noise, or the machine's"), "{said}");
}

#[test]
fn a_share_that_cannot_be_explains_nothing() {
    let mut results = whole();
    for it in results.measured.iter_mut().filter(|it| it.kernel == "pi") {
        it.cores = vec![1.7; 10];
    }
    let said = words(&results);
    assert!(said.contains("pi 8.00 times as fast as one core (scoped)"), "{said}");
    assert!(!said.contains("471 %") && !said.contains("little left"), "{said}");
    assert!(!said.contains("went into sharing"), "{said}");
}

#[test]
fn a_lock_that_did_not_become_dearer_is_no_warning() {
    let mut results = only(Question::Contention);
    for it in results.measured.iter_mut().filter(|it| it.distance.is_none() && it.workers > 1) {
        it.seconds = vec![2e-9; 10];
    }
    assert!(!words(&results).contains("add in private"), "{}", words(&results));
}

/// As recorded: 32 bytes 2.65 ns, 64 bytes 1.97, 128 bytes 7.20, 256 bytes 3.69.
#[test]
fn times_that_rise_with_the_distance_are_not_explained_by_lines() {
    let mut results = only(Question::Contention);
    let taken = "taken from core to core";
    let read = |results: &Results| {
        let charts = charts(results);
        charts.iter().any(|it| it.reading.iter().any(|sentence| sentence.contains(taken)))
    };
    assert!(read(&results) && words(&results).contains("one cache line"));
    // In the middle of two states, or steady: neither is what a line does.
    for seconds in [[1.9e-9, 17e-9], [7.2e-9, 7.2e-9]] {
        let apart = results.measured.iter_mut().filter(|it| it.distance == Some(128));
        for it in apart.filter(|it| it.workers > 1) {
            it.seconds = (0..10).map(|place| seconds[place % 2]).collect();
        }
        assert!(!read(&results) && !words(&results).contains("one cache line"));
    }
}

#[test]
fn a_busy_machine_gets_one_sentence() {
    let mut results = whole();
    for it in &mut results.measured {
        it.baseline = (0..it.baseline.len()).map(|place| [0.003, 0.011][place % 2]).collect();
    }
    let said = in_words(&results);
    assert_eq!(said.len(), 1, "{said:?}");
    assert!(said[0].contains("the same code ran between 3.00 ms and 11.0 ms"), "{said:?}");
}

#[test]
fn a_machine_that_gives_less_is_named() {
    let mut results = whole();
    for measured in &mut results.measured {
        measured.cores = vec![4.4; 10];
    }
    assert!(
        words(&results).contains("8 independent sums got only 4.40 cores"),
        "{}",
        words(&results)
    );
}

#[test]
fn equal_times_are_not_called_a_win() {
    let mut results = whole();
    let scoped: Vec<f64> =
        made_up::one(Question::Scaling, "primes", "scoped", 8, 0.05, 7.9).seconds;
    for measured in &mut results.measured {
        if measured.kernel == "primes" && measured.strategy == "scoped" && measured.workers == 8 {
            measured.seconds.clone_from(&scoped);
        }
    }
    assert!(words(&results).contains("the difference is within the noise"), "{}", words(&results));
}

#[test]
fn no_numbers_no_words() {
    let mut results = whole();
    results.measured.clear();
    results.machine.virtual_machine = None;
    assert!(in_words(&results).is_empty());
    assert_eq!(in_words(&only(Question::Weak)), Vec::<String>::new());
    assert_eq!(in_words(&only(Question::Overhead)).len(), 1);
    assert_eq!(in_words(&only(Question::Peers)).len(), 1);
    assert_eq!(in_words(&only(Question::Contention)).len(), 1);
}

#[test]
fn odd_numbers_are_survived() {
    let mut results = whole();
    for (place, measured) in results.measured.iter_mut().enumerate() {
        match place % 5 {
            0 => measured.seconds.clear(),
            1 => measured.seconds = vec![0.0; 10],
            2 => measured.terms = 0,
            3 => measured.workers = 0,
            _ => measured.baseline.truncate(1),
        }
    }
    results.machine.usable_cores = 0;
    results.machine.ceilings.read_bytes_per_second = 0.0;
    let said = words(&results);
    assert!(!said.contains("NaN") && !said.contains("inf"), "{said}");
}
