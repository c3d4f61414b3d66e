//! The lesson as its reader runs it: all that every program promises. And every strategy of its table.

use testkit::Program;

const PROGRAM: Program = testkit::program!(threads::Threads);

testkit::contract!(PROGRAM);
testkit::table!(threads::Threads);

/// The learner's row starts with one worker.
#[test]
fn two_workers_really_work() {
    testkit::right::two_workers_divide_little_work(&PROGRAM, &["your-turn"]);
    testkit::right::two_workers_divide_much_work(&PROGRAM, &["your-turn"]);
}

#[test]
fn panics_are_errors_that_name_the_worker() {
    testkit::panics::are_errors_that_name_the_worker::<threads::Threads>(&[]);
}

#[test]
#[cfg_attr(not(target_os = "linux"), ignore = "reads from /proc on which cores a thread may run")]
fn workers_are_on_their_cores() {
    testkit::pinned::workers_are_on_their_cores::<threads::Threads>(true);
}
