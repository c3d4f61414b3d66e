//! # A full pipe
//!
//! A program answers in a line, and grumbles in thousands. Why do both of you wait for ever?
//!
//! A pipe holds little: 64 KiB on Linux. Who writes more waits until somebody reads. A program with two outputs can
//! so be stuck at the one while its reader waits for the other. It works in every test, as long as the program has
//! little to complain of. The first day on which it complains a lot, nothing moves any more.
//!
//! Counts: both the answer and the number of lines on standard error are right: for a quiet program, for one that
//! writes 200 kB to its standard error before it answers, and for one that fills its standard output first, with
//! 200 kB of spaces before the answer.
//!
//! Read: [processes, *Piping against mapping*](../../../processes/README.md), [faults](../../../faults/README.md)

use std::io::{self, BufRead};
use std::process::{Command, Stdio};

/// What the program answers on standard output, and how many lines it writes to standard error.
pub fn ask(mut command: Command) -> io::Result<(u64, usize)> {
    // HOLE
    // `output` reads both pipes, each as soon as there is something in it.
    let output = command.stdin(Stdio::null()).output()?;
    let answer = String::from_utf8_lossy(&output.stdout);
    let answer = answer.trim().parse().map_err(io::Error::other)?;
    Ok((answer, output.stderr.lines().count()))
    // SKELETON ends: deadlock
    //| let mut child = command
    //|     .stdin(Stdio::null())
    //|     .stdout(Stdio::piped())
    //|     .stderr(Stdio::piped())
    //|     .spawn()?;
    //| let answer = io::read_to_string(child.stdout.take().expect("it is a pipe"))?;
    //| let lines = io::BufReader::new(child.stderr.take().expect("it is a pipe")).lines().count();
    //| child.wait()?;
    //| Ok((answer.trim().parse().map_err(io::Error::other)?, lines))
    // WRONG ends: fills both pipes
    //| let mut child = command
    //|     .stdin(Stdio::null())
    //|     .stdout(Stdio::piped())
    //|     .stderr(Stdio::piped())
    //|     .spawn()?;
    //| let lines = io::BufReader::new(child.stderr.take().expect("it is a pipe")).lines().count();
    //| let output = child.wait_with_output()?;
    //| let answer = String::from_utf8_lossy(&output.stdout);
    //| Ok((answer.trim().parse().map_err(io::Error::other)?, lines))
    // WRONG right: and 0 lines
    //| let output = command.stderr(Stdio::null()).output()?;
    //| let answer = String::from_utf8_lossy(&output.stdout);
    //| let answer = answer.trim().parse().map_err(io::Error::other)?;
    //| Ok((answer, output.stderr.lines().count()))
    // WRONG right: and 1561 lines
    //| let mut child = command
    //|     .stdin(Stdio::null())
    //|     .stdout(Stdio::piped())
    //|     .stderr(Stdio::piped())
    //|     .spawn()?;
    //| let errors = child.stderr.take().expect("it is a pipe");
    //| let lines = io::BufReader::new(io::Read::take(errors, 1 << 16)).lines().count();
    //| let output = child.wait_with_output()?;
    //| let answer = String::from_utf8_lossy(&output.stdout);
    //| let answer = answer.trim().parse().map_err(io::Error::other)?;
    //| Ok((answer, lines))
    // END
}

// HINT To read standard error first only turns the trap around: it then waits for a program that has a long answer.
// HINT Somebody has to read each pipe at the same time: a second thread, or a function of the standard library that
// does that for you.
// HINT Look at `Command::output` and `Child::wait_with_output`, and at what they give back.
// RULES
/// The solution says how many lines there are.
pub fn rules() -> Rules {
    let step = |rules: Rules, behaviour: Behaviour, what: &'static str| {
        rules.right(what, move |trial| {
            let programs = Programs::new(behaviour)?;
            let command = || programs.command(0..1000);
            let right = solution::ask(command())
                .map_err(|error| format!("a program did not answer: {error}"))?;
            let call = format!("ask({what})");
            trial.calling(&call);
            let (answer, lines) = attempt::ask(command())
                .map_err(|error| format!("{call} gives the error: {error}"))?;
            ensure!(
                (answer, lines) == right,
                "{call} is the answer {answer} and {lines} lines; right is {} and {} lines",
                right.0,
                right.1
            );
            Ok(())
        })
    };
    let rules = step(Rules::new(), Behaviour::Sums, "a quiet program");
    let rules = step(rules, Behaviour::Chats, "a program that complains a lot");
    step(rules, Behaviour::Floods, "a program that fills both pipes, standard output first")
}
