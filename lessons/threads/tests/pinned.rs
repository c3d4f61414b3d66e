//! With `--pin`, every worker is on its core. Alone in its process.
#![cfg(target_os = "linux")]

#[path = "../../../shared/testing/pinned.rs"]
mod pinned;

#[test]
fn workers_are_on_their_cores() {
    pinned::workers_are_on_their_cores::<threads::Threads>(true);
}
