//! The contract of the program, on the program itself.

const PROGRAM: &str = env!("CARGO_BIN_EXE_ffi");
const LESSON: &str = "ffi";
const KERNELS: &[&str] = &["integers", "memory", "pi", "primes"];

#[path = "../../../shared/testing/contract.rs"]
mod contract;
#[path = "../../../shared/testing/endings.rs"]
mod endings;
#[path = "../../../shared/testing/options.rs"]
mod options;
#[path = "../../../shared/testing/output.rs"]
mod output;
#[path = "../../../shared/testing/program.rs"]
mod program;

#[test]
fn the_borders_are_shown() {
    let ended = program::run(PROGRAM, &["--borders"]);
    assert_eq!((ended.code(), ended.stderr.as_str()), (Some(0), ""), "{ended:?}");
    assert!(ended.stdout.lines().all(|line| line.chars().count() <= 80), "{}", ended.stdout);
    let answers = ended.stdout.matches("  answered ").count();
    assert_eq!(answers, ffi::borders::all().len());
    assert!(ended.stdout.contains("term 3 is bad"), "{}", ended.stdout);
    assert!(!ended.stdout.contains("no error"), "{}", ended.stdout);
}

#[test]
fn what_a_call_costs_is_below_the_whole_table_only() {
    let all = program::run(PROGRAM, &["-n", "1000", "--rounds", "1"]);
    assert_eq!(all.code(), Some(0), "{all:?}");
    assert!(all.stdout.contains("What a call costs") && all.stdout.contains("C, each term"));
    let one = program::run(PROGRAM, &["-n", "1000", "--rounds", "1", "-s", "rust"]);
    assert!(!one.stdout.contains("What a call costs"), "{}", one.stdout);
}
