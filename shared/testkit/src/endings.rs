//! How a program ends when it cannot go on.

use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use crate::{Ended, Program, command, finish, side_by_side, system};

/// The time limit holds for one sum, too.
pub fn a_run_that_takes_too_long_is_ended(program: &Program) {
    let arguments = ["-k", "primes", "-n", "1e8", "-w", "2", "--no-baseline", "--rounds", "1"];
    let ended = program.json(&arguments, &["--timeout", "0.3"]);
    assert_eq!(ended.code(), Some(75), "{ended:?}");
    assert!(ended.took < Duration::from_secs(30), "{:?}", ended.took);
    assert!(ended.stderr.contains("--timeout"), "{}", ended.stderr);
    for row in ended.runs() {
        assert!(row["sum"].is_null(), "{row}");
        let verdict = row["verdict"].as_str().expect("a verdict");
        assert!(["failed", "skipped"].contains(&verdict), "{row}");
    }
}

/// Ctrl-C.
pub fn an_interrupt_ends_the_program_by_that_signal(program: &Program) {
    ends_by(program, "INT", 2);
}

/// The others that ask a program to end.
pub fn other_signals_end_the_program_by_that_signal(program: &Program) {
    let others = [("TERM", 15), ("HUP", 1), ("QUIT", 3)];
    side_by_side(others, |(name, number)| ends_by(program, name, number));
}

/// Ctrl-Break, which can be sent to one program and those that it starts, as Ctrl-C can't. Both reach the program in the
/// same way.
pub fn ctrl_break_ends_the_program_the_first_time(program: &Program) {
    let folder = program.folder("break");
    let path = folder.path().join("trace.json");
    let trace = ["--trace", path.to_str().expect("a plain path")];
    let mut command = program.command(&[program.long, &trace].concat());
    let child = system::in_its_own_group(&mut command).spawn().expect("the program starts");
    thread::sleep(Duration::from_millis(1500));
    assert!(path.exists(), "it has begun");
    let sent = Instant::now();
    system::send_break(&child).expect("this test has a console, which it shares with the program");
    let ended = finish(child);
    assert!(sent.elapsed() < Duration::from_secs(1), "{:?}", sent.elapsed());
    assert_eq!(ended.code(), Some(system::ENDED_BY_THE_CONSOLE), "{ended:?}");
    assert_eq!((ended.stdout.as_str(), ended.stderr.as_str()), ("", ""));
    assert!(!path.exists(), "it has cleaned up");
}

/// A shell ignores Ctrl-C and SIGQUIT for what runs in its background, and `nohup` the end of the terminal.
pub fn an_ignored_signal_stays_ignored(program: &Program) {
    let arguments = [&["--ignore-signal=INT,TERM,HUP,QUIT", program.path], program.long].concat();
    let mut child = command("env", &arguments).spawn().expect("the program starts");
    thread::sleep(Duration::from_millis(300));
    for name in ["INT", "TERM", "HUP", "QUIT"] {
        send(&child, name);
    }
    thread::sleep(Duration::from_millis(100));
    assert!(child.try_wait().expect("a child can be asked").is_none(), "it still runs");
    assert_eq!(signalled(child, "KILL", Duration::ZERO).signal(), Some(9));
}

fn ends_by(program: &Program, name: &str, number: i32) {
    let child = program.command(program.long).spawn().expect("the program starts");
    let ended = signalled(child, name, Duration::from_millis(700));
    assert_eq!(ended.signal(), Some(number), "{name}: {ended:?}");
    assert!(ended.took < Duration::from_secs(10), "{name}: {:?}", ended.took);
    assert_eq!((ended.stdout.as_str(), ended.stderr.as_str()), ("", ""), "{name}");
}

/// Sends a signal to a program that has run for a while, and waits for its end.
pub(crate) fn signalled(mut child: Child, name: &str, after: Duration) -> Ended {
    thread::sleep(after);
    assert!(child.try_wait().expect("a child can be asked").is_none(), "it still runs");
    send(&child, name);
    finish(child)
}

fn send(child: &Child, name: &str) {
    let id = child.id().to_string();
    let sent = Command::new("kill").args(["-s", name, &id]).stderr(Stdio::null()).status();
    assert!(sent.expect("kill starts").success(), "the program still ran");
}
