//! How every lesson's program ends when it cannot go on, tested on the real program. Included by the
//! tests of every lesson, which say in `PROGRAM` which one is meant.

use std::fs::OpenOptions;
use std::process::{Command, Stdio};
use std::time::Duration;

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

#[test]
fn a_run_that_takes_too_long_is_ended() {
    let arguments = ["-k", "primes", "-n", "1e8", "-w", "2", "--no-baseline", "--timeout", "0.3"];
    let ended = run(PROGRAM, &[&arguments[..], &["--rounds", "1", "--json"]].concat());
    assert_eq!(ended.code(), Some(75), "{ended:?}");
    assert!(ended.took < Duration::from_secs(30), "{:?}", ended.took);
    assert!(ended.stderr.contains("--timeout"), "{}", ended.stderr);
    for row in ended.runs() {
        assert!(row["sum"].is_null(), "{row}");
        let verdict = row["verdict"].as_str().expect("a verdict");
        assert!(["failed", "skipped"].contains(&verdict), "{row}");
    }
}

#[test]
#[cfg(unix)]
fn a_signal_ends_the_program_by_that_signal() {
    use std::os::unix::process::ExitStatusExt;
    for (name, number) in [("INT", 2), ("TERM", 15), ("HUP", 1)] {
        let arguments = ["-k", "primes", "-n", "2e7", "-w", "2", "--no-baseline", "--rounds", "1"];
        // Whoever runs the tests may ignore a hang-up, and a program that inherits that ignores it, too.
        let listening = ["--default-signal=HUP", PROGRAM];
        let mut program = if cfg!(target_os = "linux") {
            command("env", &[&listening[..], &arguments].concat())
        } else {
            command(PROGRAM, &arguments)
        };
        let child = program.spawn().expect("the program starts");
        std::thread::sleep(Duration::from_millis(1500));
        let id = child.id().to_string();
        let sent = Command::new("kill").args(["-s", name, &id]).stderr(Stdio::null()).status();
        assert!(sent.expect("kill starts").success(), "the program still ran");
        let ended = finish(child);
        assert_eq!(ended.status.signal(), Some(number), "{name}: {ended:?}");
        assert!(ended.took < Duration::from_secs(10), "{name}: {:?}", ended.took);
        assert_eq!((ended.stdout.as_str(), ended.stderr.as_str()), ("", ""), "{name}");
    }
}
