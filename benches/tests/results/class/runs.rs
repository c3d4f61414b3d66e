use std::process::Command;

use course::HandIn;
use serde_json::Value;

use super::made_up_class::{Kind, honest};
use super::read;

/// What real runs give, on whatever machine this is: of all sizes, with and without a baseline, with one round and with
/// more workers than cores.
#[test]
#[ignore = "builds and runs a lesson: cargo test -p benches --test results -- --ignored"]
fn nobody_is_left_out_who_ran_the_program() {
    let options: [&[&str]; 10] = [
        &["-s", "your-turn,scoped", "--rounds", "6"],
        &["-s", "your-turn,scoped,spawned", "--rounds", "2", "--no-baseline"],
        &["-s", "your-turn,scoped", "--rounds", "1", "-w", "8"],
        &["-s", "your-turn,scoped", "--rounds", "3", "-w", "1"],
        &["-s", "your-turn,mutex-std,channel", "--rounds", "3", "-n", "1000000"],
        &["-s", "your-turn,scoped", "--rounds", "7", "-n", "5"],
        &["-s", "your-turn,scoped", "--rounds", "3", "-n", "0"],
        &["-s", "your-turn,f64-by-worker", "--rounds", "2", "-k", "pi", "-n", "1000000"],
        &["-s", "your-turn,scoped", "--rounds", "2", "-k", "memory", "-n", "1000000"],
        &["-s", "your-turn,scoped", "--rounds", "2", "-k", "primes", "-n", "50000"],
    ];
    let run = |(place, options): (usize, &&[&str])| {
        let mut lesson = Command::new(env!("CARGO"));
        lesson
            .args(["run", "--quiet", "--locked", "--package", "threads", "--", "--json"])
            .args(*options);
        let made = lesson.output();
        let document: Value =
            serde_json::from_slice(&made.expect("it runs").stdout).expect("a document");
        HandIn {
            document: Some(document),
            spans: None,
            ..honest(&format!("run-{place}"), Kind::Fast, place as u64)
        }
    };
    let hand_ins: Vec<HandIn> = options.iter().enumerate().map(run).collect();
    let (class, _folder) = read(&hand_ins);
    assert!(class.left_out.is_empty(), "{:#?}", class.left_out);
    assert_eq!(class.entries.len(), options.len());
}
