
#[test]
fn panics_are_errors_that_name_the_worker() {
    testkit::panics::are_errors_that_name_the_worker::<work_stealing::WorkStealing>(&["heartbeat"]);
}

#[test]
#[cfg(target_os = "linux")]
fn workers_are_on_their_cores() {
    testkit::pinned::workers_are_on_their_cores::<work_stealing::WorkStealing>(false);
}
