//! A panic of a worker is an error that names the worker. Alone in its process.

#[test]
fn panics_are_errors_that_name_the_worker() {
    testkit::panics::are_errors_that_name_the_worker::<threads::Threads>(&[]);
}
