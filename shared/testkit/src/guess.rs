//! `--predict`: a guess before the run.

use std::io::Write;
use std::process::Stdio;
use std::time::Duration;

use crate::{Ended, Program, finish};

/// What the question begins with.
const QUESTION: &str = "How many times ";

/// A guess is read in the same way for all rows, and one is quick.
const ONE_ROW: [&str; 2] = ["-s", "your-turn"];

/// A short run of these `rows` whose standard input is `answer`.
fn predicted(program: &Program, rows: &[&str], answer: &[u8]) -> Ended {
    let arguments = [&["-n", "1e5", "-w", "2", "--rounds", "1", "--predict"], rows].concat();
    let mut child =
        program.command(&arguments).stdin(Stdio::piped()).spawn().expect("the program starts");
    // The program may have read enough and ended before all of it was written.
    let _ = child.stdin.take().expect("its input is piped").write_all(answer);
    let ended = finish(child);
    assert_eq!(ended.code(), Some(0), "{ended:?}");
    ended
}

/// What is said of a guess of 1.8.
fn said(program: &Program, rows: &[&str], answer: &str) -> String {
    let ended = predicted(program, rows, answer.as_bytes());
    let (_, section) = ended.stdout.split_once("\nYour guess\n").expect("a section");
    let section = section.split("\n\n").next().expect("a paragraph").replace("\n ", "");
    assert!(section.contains("You guessed 1.80x; "), "{section}");
    assert_eq!(ended.stderr.matches(QUESTION).count(), 1, "{}", ended.stderr);
    assert_eq!(ended.stdout.matches(QUESTION).count(), 0, "{}", ended.stdout);
    assert!(ended.stdout.lines().all(|line| line.chars().count() <= 80), "{}", ended.stdout);
    section
}

/// Each lesson guesses another row.
pub fn a_guess_is_compared_with_the_run(program: &Program) {
    let section = said(program, &[], "1.8\n");
    assert!(section.contains(" too ") || section.contains("right on the spot"), "{section}");
}

/// All ways in which people write a number.
pub fn a_guess_is_read_as_people_write_it(program: &Program) {
    for answer in ["1.8x\n", " 1.8 x \r\n", "1.8", "1.8\n7\n"] {
        said(program, &ONE_ROW, answer);
    }
}

/// Three times at most.
pub fn a_bad_guess_is_asked_for_again(program: &Program) {
    let ended = predicted(program, &ONE_ROW, b"1,8\n-3\n2.5\n");
    assert_eq!(ended.stderr.matches(QUESTION).count(), 3, "{}", ended.stderr);
    for wrong in ["'1,8'", "'-3'"] {
        assert!(ended.stderr.contains(wrong), "{wrong}: {}", ended.stderr);
    }
    assert!(ended.stdout.contains("You guessed 2.50x"), "{}", ended.stdout);
}

/// The guess is a help, not a duty.
pub fn without_a_guess_the_run_goes_on_and_says_so(program: &Program) {
    let long = "9".repeat(5000);
    for (answer, asked) in [
        (&b""[..], 1),
        (b"\n1.8\n", 1),
        (b"a\nb\nc\n1.8\n", 3),
        (b"\xff\xfe\n", 2),
        (long.as_bytes(), 3),
    ] {
        let ended = predicted(program, &ONE_ROW, answer);
        assert_eq!(ended.stderr.matches(QUESTION).count(), asked, "{}", ended.stderr);
        assert!(ended.stderr.contains("Without a guess"), "{}", ended.stderr);
        assert!(!ended.stdout.contains("Your guess"), "{}", ended.stdout);
        assert!(ended.stdout.contains("your_turn.rs"), "{}", ended.stdout);
    }
}

/// There must be something to compare it with, and somewhere to say so.
pub fn a_guess_needs_a_table_and_a_baseline(program: &Program) {
    for other in ["--json", "--no-baseline"] {
        let ended = program.run(&["--predict", other]);
        ended.assert_refused(2);
        assert!(ended.stderr.contains("--predict") && ended.stderr.contains(other), "{ended:?}");
    }
}

/// Nobody has to answer.
pub fn a_signal_ends_the_wait_for_a_guess(program: &Program) {
    let mut command = program.command(&["--predict"]);
    let mut child = command.stdin(Stdio::piped()).spawn().expect("the program starts");
    let _open = child.stdin.take();
    let ended = crate::endings::signalled(child, "INT", Duration::from_millis(700));
    assert_eq!((ended.signal(), ended.stdout.as_str()), (Some(2), ""), "{ended:?}");
}
