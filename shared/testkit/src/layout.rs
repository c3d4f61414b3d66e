//! The table that people read.

use std::path::Path;

use crate::{Program, finish};

#[track_caller]
fn assert_narrow(program: &Program, arguments: &[&str]) -> String {
    let ended = program.run(arguments);
    ended.assert_good();
    // A path cannot be broken, and is as long as the workspace lies deep.
    let is_path = |line: &&str| Path::new(line.trim()).is_absolute();
    for line in ended.stdout.lines().filter(|line| !is_path(line)) {
        assert!(line.chars().count() <= 80, "{arguments:?}: {line}");
    }
    assert!(!ended.stdout.contains('\u{1b}'), "colours in a pipe: {arguments:?}");
    ended.stdout
}

/// A short run of any program.
pub fn the_output_fits_80_columns_and_has_no_colours_in_a_pipe(program: &Program) {
    assert_narrow(program, program.short);
    assert_narrow(program, &["--help"]);
}

/// Large numbers, and the hint at the learner's own file.
pub fn the_table_fits_80_columns_and_ends_with_your_turn(program: &Program) {
    let text = assert_narrow(program, &["-n", "1e6", "--rounds", "1"]);
    assert!(text.contains("your_turn."), "{text}");
}

/// As many workers as there may be.
pub fn many_workers_fit_80_columns(program: &Program) {
    assert_narrow(program, &["-k", "pi", "-n", "1e5", "-w", "1,2,1024", "--rounds", "1"]);
}

/// Whoever asks for colours gets them in a pipe, too.
pub fn colours_can_be_asked_for(program: &Program) {
    let quick = ["-n", "3", "--rounds", "1", "-s", "your-turn"];
    let coloured = program.run(&[&quick[..], &["--color", "always"]].concat());
    assert!(coloured.stdout.contains('\u{1b}'), "{}", coloured.stdout);
}

/// Libraries read variables, with which they could change what a program does.
pub fn variables_that_libraries_read_change_nothing(program: &Program) {
    for number in ["x", "99999999999999999"] {
        let quick = ["-n", "1e5", "-w", "2", "--rounds", "1", "-s", "your-turn"];
        let mut command = program.command(&[&quick[..], &["--json"]].concat());
        for name in ["RAYON_NUM_THREADS", "RUST_MIN_STACK", "COLUMNS"] {
            command.env(name, number);
        }
        command.env("CLICOLOR_FORCE", "1").env("RUST_BACKTRACE", "1");
        let ended = finish(command.spawn().expect("the program starts"));
        ended.assert_good();
        assert_eq!(ended.document()["kernel"]["expected"], ended.runs()[0]["sum"]);
    }
}
