//! The lesson as its reader runs it, without ranks.

use std::time::Duration;

use testkit::Program;

const PROGRAM: Program = Program::without_table::<distributed::Distributed>(
    env!("CARGO_BIN_EXE_distributed"),
    &["-n", "10", "-s", "tree", "-w", "1", "--rounds", "1"],
    &[],
);

// How it ends by a signal is tested with `ranks`: without them nothing takes long.
testkit::checks! {
    PROGRAM;
    bad_options::an_unknown_option_is_refused,
    layout::the_output_fits_80_columns_and_has_no_colours_in_a_pipe,
    #[cfg_attr(not(target_os = "linux"), ignore = "needs /dev/full, which only Linux has")]
    output::a_full_disk_is_an_error,
    output::a_closed_pipe_ends_quietly,
    hand_in::the_run_and_the_learners_file_are_handed_in,
}

#[test]
fn every_strategy_has_its_file_and_its_place_in_the_chapter() {
    let folder = env!("CARGO_MANIFEST_DIR");
    testkit::files::all_have_a_file::<distributed::Distributed>(folder);
}

#[test]
fn the_options_of_all_lessons_and_its_own_are_known() {
    let help = PROGRAM.run(&["--help"]);
    help.assert_good();
    for option in ["--workers", "ranks", "--hostfile", "--json"] {
        assert!(help.stdout.contains(option), "{option}: {help:?}");
    }
    let list = PROGRAM.run(&["--list"]);
    list.assert_good();
    assert!(list.stdout.contains("master-worker"), "{list:?}");
    let ended = PROGRAM.json(PROGRAM.short, &[]);
    assert_eq!(ended.document()["lesson"], "distributed");
    assert_eq!(ended.runs().len(), 1, "{ended:?}");
}

#[test]
fn bad_options_are_refused_with_an_example() {
    let cases =
        [["--ranks", "0"], ["--ranks", "5..2"], ["--ranks", "1025"], ["-s", "star"], ["-k", "e"]];
    for arguments in cases {
        let ended = PROGRAM.run(&arguments);
        ended.assert_refused(2);
        assert!(ended.stderr.contains("for example"), "{arguments:?}: {ended:?}");
    }
}

#[test]
fn a_host_file_that_cannot_be_read_is_named() {
    for file in ["/no/such/hosts", "/", "/dev/null"] {
        let ended = PROGRAM.run(&["--hostfile", file, "--ranks", "2"]);
        assert!(ended.took < Duration::from_secs(10), "{ended:?}");
        assert_eq!(ended.code(), Some(66), "{ended:?}");
        assert!(ended.stderr.contains(&format!("{file} cannot be read")), "{ended:?}");
        assert_eq!(ended.stderr.lines().count(), 1, "{ended:?}");
    }
}
