//! How every lesson's program ends when it cannot go on, tested on the real program. Included by the
//! tests of every lesson, which say in `PROGRAM` which one is meant.

use std::process::{Command, Stdio};
use std::time::Duration;

use super::PROGRAM;
use super::program::{command, finish, run};

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
