//! A panic of a worker is an error that names the worker. Alone in its process.

#[path = "../../../shared/testing/counting.rs"]
mod counting;
#[path = "../../../shared/testing/panics.rs"]
mod panics;

#[test]
fn panics_are_errors_that_name_the_worker() {
    panics::are_errors_that_name_the_worker::<work_stealing::WorkStealing>(&["heartbeat"]);
}
