//! The lesson as its reader runs it, and every strategy of its table.

use testkit::Program;
use work_stealing::WorkStealing;

const PROGRAM: Program = testkit::program!(WorkStealing);

testkit::smoke!(PROGRAM);
testkit::checks! {
    PROGRAM;
    trace::a_trace_shows_what_the_audit_says,
    pinning::pinned_runs_are_as_right_as_others,
}
testkit::table!(WorkStealing);

/// These share by need, or only what is worth it: little work is done by one worker, or may be.
const BY_NEED: [&str; 8] = [
    "rayon-iter",
    "rayon-chunks",
    "rayon-join",
    "deques",
    "chili",
    "paralight-fixed",
    "paralight-stealing",
    "your-turn",
];

#[test]
fn two_workers_really_work() {
    testkit::right::two_workers_divide_little_work(&PROGRAM, &BY_NEED);
    testkit::right::two_workers_divide_much_work(&PROGRAM, &["your-turn"]);
}

#[test]
fn rows_that_cannot_be_pinned_say_so() {
    let pinned = PROGRAM.json(&["-n", "10", "--rounds", "1", "-s", "chili"], &["--pin"]);
    pinned.assert_good();
    let notes = pinned.document()["notes"].to_string();
    assert!(notes.contains("chili is not pinned"), "{notes}");
}

#[test]
fn panics_are_errors_that_name_the_worker() {
    testkit::panics::are_errors_that_name_the_worker::<work_stealing::WorkStealing>(&["chili"]);
}

#[test]
#[cfg_attr(not(target_os = "linux"), ignore = "reads from /proc on which cores a thread may run")]
fn workers_are_on_their_cores() {
    testkit::pinned::workers_are_on_their_cores::<work_stealing::WorkStealing>(false);
}
