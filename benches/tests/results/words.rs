//! The verdict in words, on made-up results.

use benches::in_words::in_words;
use benches::results::{Question, Results};

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
        "equal ranges ran 5.60 times as fast (scoped), work stealing 7.92 times as fast (rayon-join)",
        "takes work from one that is not",
        "16 workers on 8 cores ran 1.00 times as fast as 8",
        "bring nothing",
        "virtual machine",
        "a thread costs 20.0 us, a task costs 200 ns and a child process costs 900 us",
        "Counters 8 bytes apart",
        "6.00 times as long there as 256 bytes apart",
        "One lock for each term costs 10.0 ns with one worker and 80.0 ns with 8",
        "1.04 times C's on one core and 1.04 times OpenMP's",
    ] {
        assert!(said.contains(part), "{part}\n{said}");
    }
}

#[test]
fn the_memory_is_not_the_limit_where_it_has_more() {
    let mut results = whole();
    results.machine.ceilings.read_bytes_per_second = 4e10;
    assert!(words(&results).contains("the memory was not yet the limit"), "{}", words(&results));
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
