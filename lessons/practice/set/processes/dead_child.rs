//! # A child that dies
//!
//! The system kills one of three programs. What is the sum of the other two worth?
//!
//! Nothing. A program that runs out of memory is killed without a word: no complaint, and no exit status either. Its
//! output ends, and that looks like a program that had nothing to say. To take that for 0 gives a sum that everybody
//! believes. To panic takes down a parent that could have said which range is missing.
//!
//! And mind the others. Whoever returns at the first error leaves programs behind that still work for nobody.
//!
//! Counts: the sum is right where all programs end well; where one dies or fails, whatever it has printed, there is
//! an error that names its range (as `1000..2000`) and no other, and no panic; and by then every program has been
//! waited for.
//!
//! Read: [faults, *Half an answer is no answer*](../../../faults/README.md),
//! [processes](../../../processes/README.md)

use std::ops::Range;
use std::process::{Child, Command, Stdio};

/// The sum of all ranges, each summed by a program of its own; or which range was lost.
pub fn sum(
    command: impl Fn(Range<u64>) -> Command + Sync,
    ranges: &[Range<u64>],
) -> Result<u64, String> {
    let start = |range: &Range<u64>| {
        command(range.clone()).stdin(Stdio::null()).stdout(Stdio::piped()).spawn()
    };
    let children: Vec<Child> =
        ranges.iter().map(|range| start(range).expect("it starts")).collect();
    // HOLE
    let answer = |(child, range): (Child, &Range<u64>)| {
        let lost = |why: String| format!("{range:?} was lost: {why}");
        let output = child.wait_with_output().map_err(|error| lost(error.to_string()))?;
        if !output.status.success() {
            return Err(lost(format!("its program ended with {}", output.status)));
        }
        let text = String::from_utf8_lossy(&output.stdout);
        let number = text.trim().parse::<u64>();
        number.map_err(|error| lost(format!("{text:?} is no number: {error}")))
    };
    // Collected first, for `sum` stops at an error, and all children have to be waited for.
    let answers: Vec<Result<u64, String>> = children.into_iter().zip(ranges).map(answer).collect();
    answers.into_iter().sum()
    // SKELETON right: gives Ok(
    //| let mut total = 0;
    //| for child in children {
    //|     let output = child.wait_with_output().map_err(|error| error.to_string())?;
    //|     let text = String::from_utf8_lossy(&output.stdout);
    //|     total += text.trim().parse().unwrap_or(0);
    //| }
    //| Ok(total)
    // WRONG right: it panicked
    //| let mut total = 0;
    //| for child in children {
    //|     let output = child.wait_with_output().map_err(|error| error.to_string())?;
    //|     let text = String::from_utf8_lossy(&output.stdout);
    //|     total += text.trim().parse::<u64>().expect("a program prints a number");
    //| }
    //| Ok(total)
    // WRONG right: does not name
    //| let outputs: Vec<_> = children.into_iter().map(Child::wait_with_output).collect();
    //| let mut total = 0;
    //| for output in outputs {
    //|     let output = output.map_err(|error| error.to_string())?;
    //|     let text = String::from_utf8_lossy(&output.stdout);
    //|     total += text.trim().parse::<u64>().map_err(|error| error.to_string())?;
    //| }
    //| Ok(total)
    // WRONG right: died after it had printed
    //| let answer = |(child, range): (Child, &Range<u64>)| {
    //|     let lost = |why: String| format!("{range:?} was lost: {why}");
    //|     let output = child.wait_with_output().map_err(|error| lost(error.to_string()))?;
    //|     let text = String::from_utf8_lossy(&output.stdout);
    //|     let number = text.trim().parse::<u64>();
    //|     number.map_err(|error| lost(format!("{text:?} is no number: {error}")))
    //| };
    //| let answers: Vec<_> = children.into_iter().zip(ranges).map(answer).collect();
    //| answers.into_iter().sum()
    // WRONG right: ended with status 3
    //| let answer = |(child, range): (Child, &Range<u64>)| {
    //|     let lost = |why: String| format!("{range:?} was lost: {why}");
    //|     let output = child.wait_with_output().map_err(|error| lost(error.to_string()))?;
    //|     // Only a program that was killed has no code.
    //|     if !matches!(output.status.code(), Some(0..256)) {
    //|         return Err(lost(format!("its program ended with {}", output.status)));
    //|     }
    //|     let text = String::from_utf8_lossy(&output.stdout);
    //|     let number = text.trim().parse::<u64>();
    //|     number.map_err(|error| lost(format!("{text:?} is no number: {error}")))
    //| };
    //| let answers: Vec<_> = children.into_iter().zip(ranges).map(answer).collect();
    //| answers.into_iter().sum()
    // WRONG right: names more than the range
    //| let outputs: Vec<_> = children.into_iter().map(Child::wait_with_output).collect();
    //| let mut total = 0;
    //| for output in outputs {
    //|     let output = output.map_err(|error| format!("{ranges:?}: {error}"))?;
    //|     if !output.status.success() {
    //|         return Err(format!("one of {ranges:?} was lost: {}", output.status));
    //|     }
    //|     let text = String::from_utf8_lossy(&output.stdout);
    //|     let number = text.trim().parse::<u64>();
    //|     total += number.map_err(|error| format!("{ranges:?}: {error}"))?;
    //| }
    //| Ok(total)
    // WRONG how: still at work
    //| let answer = |(child, range): (Child, &Range<u64>)| {
    //|     let lost = |why: String| format!("{range:?} was lost: {why}");
    //|     let output = child.wait_with_output().map_err(|error| lost(error.to_string()))?;
    //|     if !output.status.success() {
    //|         return Err(lost(format!("its program ended with {}", output.status)));
    //|     }
    //|     let text = String::from_utf8_lossy(&output.stdout);
    //|     let number = text.trim().parse::<u64>();
    //|     number.map_err(|error| lost(format!("{text:?} is no number: {error}")))
    //| };
    //| children.into_iter().zip(ranges).map(answer).sum()
    // END
}

// HINT `status.success()` is false for a program that was killed, and `status.code()` is `None` on Unix: there is
// no number, so print the status itself.
// HINT Three ways to lose a range: the wait fails, the status is bad, the text is no number. Give each the same
// words and the range. `zip(ranges)` says which child had which.
// HINT `?` in the loop over the children, and `sum` over results, both stop at the first error. Gather the answer
// of every child first.
// RULES
/// One program of three dies or fails; the others sum.
pub fn rules() -> Rules {
    Rules::new()
        .right("all end well", |trial| {
            let programs = Programs::new(Behaviour::Sums)?;
            trial.calling(format!("sum(command, {RANGES:?})"));
            let sum = attempt::sum(|range| programs.command(range), &RANGES);
            ensure!(
                sum == Ok(4_498_500),
                "sum(command, {RANGES:?}) gives {sum:?}, and 4498500 is right"
            );
            Ok(())
        })
        .right("one dies", |trial| {
            let ways = [
                (Behaviour::Dies, "died"),
                (Behaviour::DiesAfterwards, "died after it had printed its sum"),
                (Behaviour::Fails, "printed 0 and ended with status 3"),
            ];
            for (behaviour, happened) in ways {
                let (bad, sums) = (Programs::new(behaviour)?, Programs::new(Behaviour::Sums)?);
                let happened = format!("the program for 1000..2000 {happened}");
                trial.calling(format!("sum(command, ranges), where {happened}"));
                let of = |range: &std::ops::Range<u64>| {
                    if range.start == 1000 { &bad } else { &sums }
                };
                let words = match attempt::sum(|range| of(&range).command(range), &RANGES) {
                    Ok(sum) => {
                        return Err(format!(
                            "{happened}, and the sum gives Ok({sum}): an answer of it is worth \
                             nothing"
                        ));
                    }
                    Err(words) => words,
                };
                ensure!(
                    words.contains("1000") && words.contains("2000"),
                    "{happened}, and the error {words:?} does not name this range"
                );
                ensure!(
                    !words.contains("0..1000") && !words.contains("3000"),
                    "{happened}, and the error {words:?} names more than the range that was lost"
                );
            }
            Ok(())
        })
        .how("who is left behind", |trial| {
            let (dies, sums) = (Programs::new(Behaviour::Dies)?, Programs::new(Behaviour::Sums)?);
            let before = dies.not_waited_for();
            trial.calling("sum(command, ranges), where the first program dies");
            // The others start so late that they are at work when the first has died.
            let command = |range: std::ops::Range<u64>| {
                if range.start == 0 {
                    return dies.command(range);
                }
                std::thread::sleep(std::time::Duration::from_millis(100));
                sums.command(range)
            };
            let sum = attempt::sum(command, &RANGES);
            let (ended, after) = (sums.ended(), dies.not_waited_for());
            // Whoever was killed does not end by itself. Who is still at work does so soon.
            std::thread::sleep(std::time::Duration::from_millis(300));
            let (left, at_work) = (after.saturating_sub(before), sums.ended() - ended);
            ensure!(sum.is_err(), "the first program died, and the sum gives {sum:?}");
            ensure!(
                at_work == 0,
                "the first of three programs died, and the sum returned while {at_work} of the \
                 others {} still at work",
                if at_work == 1 { "was" } else { "were" }
            );
            ensure!(left == 0, "{left} of 3 programs were not waited for when the sum returned");
            Ok(())
        })
}

const RANGES: [std::ops::Range<u64>; 3] = [0..1000, 1000..2000, 2000..3000];
