//! What a program does where its output goes nowhere.

use std::fs::OpenOptions;

use crate::{Program, finish, run};

/// Nobody would see the result.
pub fn a_full_disk_is_an_error(program: &Program) {
    for arguments in [program.short, &["--help"]] {
        let full = OpenOptions::new().write(true).open("/dev/full").expect("Linux has /dev/full");
        let child = program.command(arguments).stdout(full).spawn().expect("the program starts");
        let ended = finish(child);
        assert_eq!(ended.code(), Some(74), "{arguments:?}: {ended:?}");
        assert_eq!(ended.stderr.lines().count(), 1, "{}", ended.stderr);
    }
}

/// Nobody wants to see the rest.
pub fn a_closed_pipe_ends_quietly(program: &Program) {
    for arguments in [program.short, &["--help"]] {
        let mut child = program.command(arguments).spawn().expect("the program starts");
        drop(child.stdout.take());
        let ended = finish(child);
        assert_eq!((ended.code(), ended.stderr.as_str()), (Some(0), ""), "{arguments:?}");
    }
}

/// A descriptor of the wrong kind, and none.
pub fn an_output_that_cannot_be_written_is_an_error(program: &Program) {
    for output in ["1</dev/null", ">&-"] {
        let script = format!("exec {} {} {output}", program.path, program.short.join(" "));
        let ended = run("sh", &["-c", &script]);
        assert_eq!((ended.code(), ended.stderr.lines().count()), (Some(74), 1), "{ended:?}");
    }
}
