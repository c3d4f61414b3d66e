//! What is left of a lesson that ends early, where the system tells who has started whom.
#![cfg(any(target_os = "linux", windows))]

use std::fs;
use std::process::Command;
use std::thread;
use std::time::{Duration, Instant};

use children::family;
use faults::Faults;
use testkit::{Program, side_by_side};

const PROGRAM: Program = Program::without_table::<Faults>(env!("CARGO_BIN_EXE_faults"), &[], &[]);

/// A case that runs for so long is one that sleeps, also where programs start slowly.
const SETTLED: Duration = Duration::from_millis(if cfg!(windows) { 5000 } else { 600 });

/// Whoever interrupts the lesson, or kills it, leaves no case and no worker of one behind.
#[test]
fn nothing_of_an_interrupted_lesson_is_left() {
    let ways: &[_] = if cfg!(windows) { &["KILL"] } else { &["INT", "KILL"] };
    side_by_side(ways, |way| {
        let arguments = ["-s", "sleep", "-n", "1e5", "--timeout", "60"];
        let mut lesson = PROGRAM.command(&arguments).spawn().expect("it starts");
        // By then the sums without a fault are done, which take no time limit.
        let begin = Instant::now();
        let mut cases = family::children_of(lesson.id());
        let mut since = Instant::now();
        while cases.len() != 1 || since.elapsed() < SETTLED {
            assert!(begin.elapsed() < Duration::from_secs(60), "{cases:?}");
            thread::sleep(Duration::from_millis(20));
            let now = family::children_of(lesson.id());
            if now != cases {
                (cases, since) = (now, Instant::now());
            }
        }
        if *way == "KILL" {
            lesson.kill().expect("it runs");
        } else {
            let id = lesson.id().to_string();
            let sent = Command::new("kill").args(["-s", way, &id]).status();
            assert!(sent.expect("kill starts").success());
        }
        let ended = testkit::finish(lesson);
        assert!(!ended.status.success() && ended.took < Duration::from_secs(5), "{ended:?}");
        let begin = Instant::now();
        while cases.iter().any(|case| is_alive(*case)) {
            assert!(begin.elapsed() < Duration::from_secs(1), "{way}: {cases:?}");
            thread::sleep(Duration::from_millis(20));
        }
    });
}

/// Whether a process lives: one that has ended and that nobody has waited for does not.
fn is_alive(process: u32) -> bool {
    let status = fs::read_to_string(format!("/proc/{process}/stat")).unwrap_or_default();
    let is_zombie = status.rsplit_once(')').is_some_and(|(_, rest)| rest.starts_with(" Z"));
    family::parent_of(process).is_some() && !is_zombie
}
