//! The lesson as its reader runs it, and every strategy of its table.

use testkit::Program;

mod agree;
mod borders;

const PROGRAM: Program = testkit::program!(ffi::Ffi).folding(&["cxx-optimised"]);

testkit::smoke!(PROGRAM);
testkit::table!(ffi::Ffi);

#[test]
fn the_borders_are_shown() {
    let ended = PROGRAM.run(&["--borders"]);
    ended.assert_good();
    assert!(ended.stdout.lines().all(|line| line.chars().count() <= 80), "{}", ended.stdout);
    let answers = ended.stdout.matches("  answered ").count();
    assert_eq!(answers, ffi::borders::all().len());
    assert!(ended.stdout.contains("term 3 is bad"), "{}", ended.stdout);
    assert!(!ended.stdout.contains("no error"), "{}", ended.stdout);
}

#[test]
fn what_a_call_costs_is_below_the_whole_table_only() {
    let all = PROGRAM.run(&["-n", "1000", "--rounds", "1"]);
    all.assert_good();
    assert!(all.stdout.contains("What a call costs") && all.stdout.contains("C, each term"));
    let one = PROGRAM.run(&["-n", "1000", "--rounds", "1", "-s", "rust"]);
    assert!(!one.stdout.contains("What a call costs"), "{}", one.stdout);
}
