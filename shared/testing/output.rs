//! What every program does where its output goes nowhere, tested on the real program. Included by the
//! tests of every lesson, which say in `PROGRAM` which one is meant.

use std::fs::OpenOptions;

use super::PROGRAM;
use super::program::{command, finish, run};

#[test]
#[cfg(target_os = "linux")]
fn a_full_disk_is_an_error_and_a_closed_pipe_is_not() {
    for arguments in [vec!["--list"], vec!["--help"], vec!["-n", "10", "--rounds", "1"]] {
        let full = OpenOptions::new().write(true).open("/dev/full").expect("Linux has /dev/full");
        let child = command(PROGRAM, &arguments).stdout(full).spawn().expect("the program starts");
        let ended = finish(child);
        assert_eq!(ended.code(), Some(74), "{arguments:?}: {ended:?}");
        assert_eq!(ended.stderr.lines().count(), 1, "{}", ended.stderr);

        let mut child = command(PROGRAM, &arguments).spawn().expect("the program starts");
        drop(child.stdout.take());
        let ended = finish(child);
        assert_eq!((ended.code(), ended.stderr.as_str()), (Some(0), ""), "{arguments:?}");
    }
}

/// Nobody would see the result.
#[test]
#[cfg(unix)]
fn an_output_that_can_only_be_read_is_an_error_and_a_closed_one_is_not() {
    for (output, code) in [("1</dev/null", 74), (">&-", 0)] {
        let script = format!("exec {PROGRAM} -n 10 --rounds 1 {output}");
        let ended = run("sh", &["-c", &script]);
        assert_eq!(
            (ended.code(), ended.stderr.lines().count()),
            (Some(code), code.min(1) as usize)
        );
    }
}
