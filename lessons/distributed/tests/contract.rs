//! The contract of the program, on the program itself.

const PROGRAM: &str = env!("CARGO_BIN_EXE_distributed");

#[path = "../../../shared/testing/files.rs"]
mod files;
#[path = "../../../shared/testing/output.rs"]
mod output;
#[path = "../../../shared/testing/program.rs"]
mod program;

use std::time::Duration;

use program::run;

#[test]
fn every_strategy_has_its_file_and_its_place_in_the_chapter() {
    files::all_have_a_file::<distributed::Distributed>();
}

#[test]
fn the_options_of_all_lessons_and_its_own_are_known() {
    let help = run(PROGRAM, &["--help"]);
    assert_eq!(help.code(), Some(0), "{help:?}");
    for option in ["--workers", "ranks", "--hostfile", "--json"] {
        assert!(help.stdout.contains(option), "{option}: {help:?}");
    }
    let list = run(PROGRAM, &["--list"]);
    assert_eq!(list.code(), Some(0), "{list:?}");
    assert!(list.stdout.contains("master-worker"), "{list:?}");
    let document = ["-n", "10", "-s", "tree", "-w", "1", "--rounds", "1", "--json"];
    let ended = run(PROGRAM, &document);
    assert_eq!(ended.document()["lesson"], "distributed");
    assert_eq!(ended.runs().len(), 1, "{ended:?}");
}

#[test]
fn bad_options_are_refused_with_an_example() {
    let cases =
        [["--ranks", "0"], ["--ranks", "5..2"], ["--ranks", "1025"], ["-s", "star"], ["-k", "e"]];
    for arguments in cases {
        let ended = run(PROGRAM, &arguments);
        assert_eq!(ended.code(), Some(2), "{arguments:?}: {ended:?}");
        assert!(ended.stderr.contains("for example"), "{arguments:?}: {ended:?}");
    }
}

#[test]
fn a_host_file_that_cannot_be_read_is_named() {
    for file in ["/no/such/hosts", "/", "/dev/null"] {
        let ended = run(PROGRAM, &["--hostfile", file, "--ranks", "2"]);
        assert!(ended.took < Duration::from_secs(10), "{ended:?}");
        assert_eq!(ended.code(), Some(66), "{ended:?}");
        assert!(ended.stderr.contains(&format!("{file} cannot be read")), "{ended:?}");
        assert_eq!(ended.stderr.lines().count(), 1, "{ended:?}");
    }
}
