//! Parents and workers that are killed, on every system.

use std::fs;

use testkit::{program, side_by_side};

use crate::{PROGRAM, workers};

/// A sum of some seconds, by a pool that stands.
const LONG: [&str; 8] = ["-k", "primes", "-n", "2e7", "--no-baseline", "-s", "pool", "--rounds=1"];

/// As soon as its workers are there: some may not have said their first word, others are busy.
#[test]
fn no_worker_outlives_its_killed_parent_at_any_moment() {
    for _ in 0..10 {
        side_by_side(["1", "2", "5"], |count| {
            let arguments = [&LONG[..], &["-w", count]].concat();
            let mut parent = PROGRAM.command(&arguments).spawn().expect("the program starts");
            let ids = workers::workers_of(parent.id(), count.parse().expect("a number"));
            parent.kill().expect("the parent runs");
            parent.wait().expect("the parent was started here");
            workers::assert_gone(&ids);
        });
    }
}

/// Neither of one that ended by itself, nor of one that had no time to clean up.
#[test]
fn nothing_is_left_in_the_temporary_folder() {
    let folder = tempfile::tempdir().expect("a folder");
    let start = |terms, rounds| {
        let mut command =
            PROGRAM.command(&["-k", "memory", "-n", terms, "-w", "2", "--rounds", rounds]);
        for variable in ["TMPDIR", "TMP", "TEMP"] {
            command.env(variable, folder.path());
        }
        command.spawn().expect("the program starts")
    };
    let left = || fs::read_dir(folder.path()).expect("it is there").flatten().collect::<Vec<_>>();
    assert_eq!(program::finish(start("1e5", "1")).code(), Some(0));
    assert!(left().is_empty(), "{:?}", left());
    let mut parent = start("2e7", "1000");
    let ids = workers::workers_of(parent.id(), 2);
    parent.kill().expect("the parent runs");
    parent.wait().expect("the parent was started here");
    workers::assert_gone(&ids);
    assert!(left().is_empty(), "{:?}", left());
}

#[test]
fn whoever_kills_a_worker_reads_its_number_and_how_it_ended() {
    let arguments = [&LONG[..], &["-w", "2", "--json"]].concat();
    let parent = PROGRAM.command(&arguments).spawn().expect("the program starts");
    let ids = workers::workers_of(parent.id(), 2);
    std::thread::sleep(std::time::Duration::from_millis(300));
    workers::kill(ids[1]);
    let ended = program::finish(parent);
    assert_eq!(ended.code(), Some(70), "{ended:?}");
    assert_eq!(ended.stderr.lines().count(), 1, "{}", ended.stderr);
    // On Windows whoever kills chooses the status, which is all that is told.
    let how = if cfg!(windows) { "" } else { "was killed by SIGKILL; " };
    let cause = format!("(process {}) failed: it {how}", ids[1]);
    assert!(ended.stderr.contains(&cause), "{}", ended.stderr);
    let row = &ended.runs()[0];
    assert_eq!((row["verdict"].as_str(), &row["sum"]), (Some("failed"), &serde_json::Value::Null));
    workers::assert_gone(&ids);
}
