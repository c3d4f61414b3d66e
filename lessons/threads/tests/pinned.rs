//! With `--pin`, every worker is on its core. Alone in its process.
#![cfg(target_os = "linux")]

#[test]
fn workers_are_on_their_cores() {
    testkit::pinned::workers_are_on_their_cores::<threads::Threads>(true);
}
