//! The lesson as its reader runs it: all that every program promises. And every strategy of its table.

use course::Table;
use kernels::AnyKernel;
use measure::Strategy;
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

fn hot_team() -> Strategy<AnyKernel> {
    let table = threads::Threads::strategies::<AnyKernel>();
    table.into_iter().find(|strategy| strategy.name == "hot-team").expect("the lesson has it")
}

#[test]
fn the_team_goes_on_after_a_panic() {
    testkit::pools::a_panic_is_one_error_and_the_pool_goes_on(&hot_team);
}

#[test]
fn the_team_may_be_dropped_at_any_moment() {
    testkit::pools::a_pool_may_be_dropped_at_any_moment(hot_team);
}
