//! The lesson as its reader runs it. Its strategies are tested through it, because it is its own worker.

use processes::Processes;
use testkit::Program;

mod frames;
mod killed;
#[cfg(target_os = "linux")]
mod promises;
mod worker;
mod workers;

const PROGRAM: Program = testkit::program!(Processes);

testkit::smoke!(PROGRAM);
testkit::checks! {
    PROGRAM;
    bad_options::rows_of_other_kernels_are_refused_with_the_right_one,
    right::awkward_sizes_and_worker_counts_are_right,
    right::nothing_sums_to_nothing,
    trace::a_trace_shows_what_the_audit_says,
    pinning::pinned_runs_are_as_right_as_others,
    endings::a_run_that_takes_too_long_is_ended,
    #[cfg(target_os = "linux")]
    limits::more_memory_than_there_is_is_refused_before_allocating,
}

#[test]
fn two_workers_really_work() {
    testkit::right::two_workers_divide_little_work(&PROGRAM, &["your-turn"]);
    testkit::right::two_workers_divide_much_work(&PROGRAM, &["your-turn"]);
}

#[test]
fn every_strategy_has_its_file_and_its_place_in_the_chapter() {
    testkit::files::all_have_a_file::<Processes>(env!("CARGO_MANIFEST_DIR"));
}
