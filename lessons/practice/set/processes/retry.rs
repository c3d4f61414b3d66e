//! # A second try
//!
//! A program dies, and takes its range with it. How do you get the sum all the same?
//!
//! Nothing is lost but the work: the range is still known. Give it to another program, and the sum is exact. That
//! is the good thing about ranges: to sum one a second time does no harm, as long as only one answer is added.
//!
//! But some ranges kill whoever gets them, for they need more memory than there is. Who tries for ever then starts
//! programs all night. So each range has a number of tries, and after the last of them there is an error.
//!
//! Counts: where a program dies once, the sum is right, and only its range is given to another; where a range kills
//! all of its programs, it is given to exactly `tries` of them, and the result is an error.
//!
//! Read: [processes, *A second try*](../../../processes/README.md), [faults](../../../faults/README.md)

use std::ops::Range;
use std::process::Command;

/// The sum of all ranges. Each is given to a program, and to another if that fails: to `tries` of them at most.
/// `tries` is at least 1.
pub fn sum(
    command: impl Fn(Range<u64>) -> Command + Sync,
    ranges: &[Range<u64>],
    tries: usize,
) -> Result<u64, String> {
    // HOLE
    let with_retries = |range: &Range<u64>| {
        let mut answer = ask(command(range.clone()));
        for _ in 1..tries {
            if answer.is_ok() {
                break;
            }
            answer = ask(command(range.clone()));
        }
        answer.map_err(|error| format!("{range:?} was lost {tries} times, at last so: {error}"))
    };
    ranges.iter().map(with_retries).sum()
    // SKELETON right: gives Err(
    //| let _ = tries;
    //| ranges.iter().map(|range| ask(command(range.clone()))).sum()
    // WRONG right: would have gone on
    //| let with_retries = |range: &Range<u64>| {
    //|     loop {
    //|         if let Ok(sum) = ask(command(range.clone())) {
    //|             return sum;
    //|         }
    //|     }
    //| };
    //| Ok(ranges.iter().map(with_retries).sum())
    // WRONG how: begins again with all ranges
    //| let all = || ranges.iter().map(|range| ask(command(range.clone()))).sum();
    //| let mut total: Result<u64, String> = all();
    //| for _ in 1..tries {
    //|     if total.is_err() {
    //|         total = all();
    //|     }
    //| }
    //| total
    // WRONG right: given to 4 programs
    //| let with_retries = |range: &Range<u64>| {
    //|     let mut answer = ask(command(range.clone()));
    //|     for _ in 0..tries {
    //|         if answer.is_err() {
    //|             answer = ask(command(range.clone()));
    //|         }
    //|     }
    //|     answer
    //| };
    //| ranges.iter().map(with_retries).sum()
    // END
}

/// The number that a program prints, or why there is none.
fn ask(mut command: Command) -> Result<u64, String> {
    let output = command.output().map_err(|error| format!("it did not start: {error}"))?;
    if !output.status.success() {
        return Err(format!("it ended with {}", output.status));
    }
    let text = String::from_utf8_lossy(&output.stdout);
    text.trim().parse().map_err(|error| format!("{text:?} is no number: {error}"))
}

// HINT The loop belongs around one range, not around all of them.
// HINT With `tries` at 3, the first try is one of the three. `for _ in 1..tries` leaves two more.
// HINT For each range, keep the last answer: stop when it is `Ok`, and return it as it is after the last try.
// RULES
/// Notes who is given which range.
pub fn rules() -> Rules {
    Rules::new()
        .right("a program dies once", |trial| {
            let asked = Asked::new(Behaviour::DiesOnce)?;
            trial.calling("sum(command, ranges, 3), where the first program for 1000..2000 dies");
            let sum = attempt::sum(|range| asked.command(range), &RANGES, 3);
            ensure!(
                sum == Ok(4_498_500),
                "the first program for 1000..2000 died, and the sum gives {sum:?}; the second one \
                 would have given the right sum, 4498500"
            );
            Ok(())
        })
        .right("a range kills all", |trial| {
            let asked = Asked::new(Behaviour::Dies)?;
            trial.calling("sum(command, ranges, 3), where all programs for 1000..2000 die");
            let sum = attempt::sum(|range| asked.command(range), &RANGES, 3);
            let times = asked.times(1000);
            ensure!(
                times <= 3,
                "1000..2000 kills its programs, and was given to {times} programs{}: more than \
                 the 3 that were allowed",
                if times == Asked::MOST { ", and would have gone on" } else { "" }
            );
            ensure!(
                times == 3,
                "1000..2000 kills its programs, and was given to {times} of them; 3 were allowed"
            );
            ensure!(sum.is_err(), "three programs for 1000..2000 died, and the sum gives {sum:?}");
            Ok(())
        })
        .how("what is done again", |trial| {
            let asked = Asked::new(Behaviour::DiesOnce)?;
            trial.calling("sum(command, ranges, 3), where the first program for 1000..2000 dies");
            let sum = attempt::sum(|range| asked.command(range), &RANGES, 3);
            ensure!(sum == Ok(4_498_500), "the second time, the sum gives {sum:?}");
            let times = RANGES.map(|range| asked.times(range.start));
            ensure!(
                times == [1, 2, 1],
                "only the program for 1000..2000 died, and the ranges were given out {times:?} \
                 times: who begins again with all ranges sums for nothing"
            );
            Ok(())
        })
}

const RANGES: [std::ops::Range<u64>; 3] = [0..1000, 1000..2000, 2000..3000];

/// Programs of which those for the second range misbehave.
struct Asked {
    bad: Programs,
    good: Programs,
    starts: std::sync::Mutex<Vec<u64>>,
}

impl Asked {
    /// After so many tries, a range is summed all the same: nobody goes on for ever.
    const MOST: usize = 10;

    fn new(behaviour: Behaviour) -> Result<Self, String> {
        let (bad, good) = (Programs::new(behaviour)?, Programs::new(Behaviour::Sums)?);
        Ok(Asked { bad, good, starts: std::sync::Mutex::default() })
    }

    fn command(&self, range: std::ops::Range<u64>) -> std::process::Command {
        self.starts.lock().expect("nobody panics here").push(range.start);
        let is_bad = range.start == 1000 && self.times(1000) < Self::MOST;
        if is_bad { self.bad.command(range) } else { self.good.command(range) }
    }

    fn times(&self, start: u64) -> usize {
        let starts = self.starts.lock().expect("nobody panics here");
        starts.iter().filter(|other| **other == start).count()
    }
}
