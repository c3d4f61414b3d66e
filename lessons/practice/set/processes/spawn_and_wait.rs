//! # All at once
//!
//! Three programs sum a third each. Why does it take as long as with one program?
//!
//! `output()` starts a program and waits for its end, so the next one starts when the first is done. An iterator
//! does the same in disguise: it is lazy, and takes each range through all of its steps before it looks at the next
//! range. To work at the same time, all programs have to be started before the first one is waited for.
//!
//! And each has to be waited for. On Unix, a child that has ended stays in the system's table until its parent has
//! asked how it ended. A server that never asks fills that table with such zombies, and one day nothing starts any
//! more.
//!
//! Counts: the sum of the answers is right, for no ranges, too; where a program prints no number, there is an error;
//! all programs are at work at the same time; and each was waited for when the sum is returned (where the system
//! tells).
//!
//! Read: [processes](../../../processes/README.md), [faults](../../../faults/README.md)

use std::io;
use std::ops::Range;
use std::process::{Command, Output, Stdio};

/// The sum of all ranges, each summed by a program of its own. `command` makes a program that prints
/// the sum of a range.
pub fn sum(
    command: impl Fn(Range<u64>) -> Command + Sync,
    ranges: &[Range<u64>],
) -> io::Result<u64> {
    // HOLE
    let start = |range: &Range<u64>| {
        command(range.clone()).stdin(Stdio::null()).stdout(Stdio::piped()).spawn()
    };
    // The `collect` starts them all, before the first is waited for.
    let children = ranges.iter().map(start).collect::<io::Result<Vec<_>>>()?;
    children.into_iter().map(|child| number(&child.wait_with_output()?)).sum()
    // SKELETON how: at most 1 of 3 programs
    //| let start = |range: &Range<u64>| {
    //|     command(range.clone()).stdin(Stdio::null()).stdout(Stdio::piped()).spawn()
    //| };
    //| ranges.iter().map(start).map(|child| number(&child?.wait_with_output()?)).sum()
    // WRONG right: cannot parse integer from empty string
    //| let start = |range: &Range<u64>| command(range.clone()).stdin(Stdio::null()).spawn();
    //| let children = ranges.iter().map(start).collect::<io::Result<Vec<_>>>()?;
    //| children.into_iter().map(|child| number(&child.wait_with_output()?)).sum()
    // WRONG right: prints nothing
    //| let start = |range: &Range<u64>| {
    //|     command(range.clone()).stdin(Stdio::null()).stdout(Stdio::piped()).spawn()
    //| };
    //| let children = ranges.iter().map(start).collect::<io::Result<Vec<_>>>()?;
    //| let answer = |child: std::process::Child| number(&child.wait_with_output()?);
    //| Ok(children.into_iter().map(|child| answer(child).unwrap_or(0)).sum())
    // WRONG how: not waited for
    //| let start = |range: &Range<u64>| {
    //|     command(range.clone()).stdin(Stdio::null()).stdout(Stdio::piped()).spawn()
    //| };
    //| let children = ranges.iter().map(start).collect::<io::Result<Vec<_>>>()?;
    //| let mut total = 0;
    //| for child in children {
    //|     let text = io::read_to_string(child.stdout.expect("it is a pipe"))?;
    //|     total += text.trim().parse::<u64>().map_err(io::Error::other)?;
    //| }
    //| Ok(total)
    // END
}

/// What a program has printed, as a number.
fn number(output: &Output) -> io::Result<u64> {
    String::from_utf8_lossy(&output.stdout).trim().parse().map_err(io::Error::other)
}

// HINT Two loops: one that starts, one that waits. With iterators, something has to stand between them that makes
// the first one run to its end.
// HINT `spawn` gives a `Child` at once. Collect these into a `Vec`, and only then go through it with
// `wait_with_output`.
// RULES
/// Each program works for about a tenth of a second, and notes when it began and ended.
pub fn rules() -> Rules {
    Rules::new()
        .right("the sum of the answers", |trial| {
            let programs = Programs::new(Behaviour::Sums)?;
            for count in [0, 1, 3] {
                let ranges: Vec<_> =
                    (0..count).map(|number| number * 1000..number * 1000 + 1000).collect();
                let call = format!("sum(command, {ranges:?})");
                trial.calling(&call);
                let right: u64 = (0..count * 1000).sum();
                match attempt::sum(|range| programs.command(range), &ranges) {
                    Ok(sum) => ensure!(sum == right, "{call} is {sum}, and {right} is right"),
                    Err(error) => return Err(format!("{call} gives the error: {error}")),
                }
            }
            Ok(())
        })
        .right("a program without an answer", |trial| {
            // A single one, for whoever returns at the first error may leave others behind.
            let programs = Programs::new(Behaviour::FailsSilently)?;
            trial.calling("sum(command, [0..1000]), where the program prints nothing");
            let sum = attempt::sum(|range| programs.command(range), &[0..1000]);
            ensure!(
                sum.is_err(),
                "sum(command, [0..1000]), where the program prints nothing, gives {sum:?}: an \
                 answer that is missing is an error"
            );
            Ok(())
        })
        .how("who works when", |trial| {
            let ranges = [0..1000, 1000..2000, 2000..3000];
            let mut most = 0;
            // On a busy machine, the last program may start late.
            for _ in 0..4 {
                let programs = Programs::new(Behaviour::Sums)?;
                let before = programs.not_waited_for();
                trial.calling(format!("sum(command, {ranges:?})"));
                let sum = attempt::sum(|range| programs.command(range), &ranges);
                let left = programs.not_waited_for().saturating_sub(before);
                ensure!(sum.is_ok(), "the second time, sum(command, {ranges:?}) gives {sum:?}");
                ensure!(
                    left == 0,
                    "{left} of 3 programs were not waited for when the sum was returned; to read \
                     what a program prints does not say how it ended"
                );
                most = most.max(programs.at_once());
                if most == ranges.len() {
                    break;
                }
            }
            ensure!(
                most == ranges.len(),
                "at most {most} of 3 programs were at work at the same time; all of them are \
                 asked for"
            );
            Ok(())
        })
}
