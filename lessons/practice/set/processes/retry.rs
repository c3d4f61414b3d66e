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
//! Counts: where a program dies once, the sum is right, and only its range is given to another; each range has tries
//! of its own; where a range kills all of its programs, it is given to exactly `tries` of them (one, where `tries` is
//! 1), and the result is an error.
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
    // WRONG right: more than the 1 that was allowed
    //| let _ = tries;
    //| let with_retries = |range: &Range<u64>| {
    //|     let again = |_| ask(command(range.clone()));
    //|     ask(command(range.clone())).or_else(again).or_else(again)
    //| };
    //| ranges.iter().map(with_retries).sum()
    // WRONG right: was given to 2 programs: more
    //| let with_retries = |range: &Range<u64>| {
    //|     let mut answer = ask(command(range.clone()));
    //|     let mut done = 1;
    //|     loop {
    //|         if answer.is_ok() {
    //|             return answer;
    //|         }
    //|         answer = ask(command(range.clone()));
    //|         done += 1;
    //|         if done >= tries {
    //|             return answer;
    //|         }
    //|     }
    //| };
    //| ranges.iter().map(with_retries).sum()
    // WRONG right: each range has tries of its own
    //| let mut left = tries;
    //| let with_retries = |range: &Range<u64>| {
    //|     loop {
    //|         let answer = ask(command(range.clone()));
    //|         if answer.is_ok() || left <= 1 {
    //|             return answer;
    //|         }
    //|         left -= 1;
    //|     }
    //| };
    //| ranges.iter().map(with_retries).sum()
    // WRONG how: begins again with all ranges
    //| let all = || {
    //|     let answers: Vec<_> = ranges.iter().map(|range| ask(command(range.clone()))).collect();
    //|     answers.into_iter().sum()
    //| };
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
            let asked = Asked::new(Behaviour::DiesOnce, &[1000])?;
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
            for tries in [3, 1, 2, 4] {
                let asked = Asked::new(Behaviour::Dies, &[1000])?;
                // One range alone is sooner lost.
                let ranges = if tries == 3 { &RANGES[..] } else { &RANGES[1..2] };
                let call = format!("sum(command, {ranges:?}, {tries})");
                trial.calling(format!("{call}, where all programs for 1000..2000 die"));
                let sum = attempt::sum(|range| asked.command(range), ranges, tries);
                let times = asked.times(1000);
                let allowed =
                    format!("{tries} that {} allowed", if tries == 1 { "was" } else { "were" });
                let given = match times {
                    0 => "was given to none".to_owned(),
                    1 => "was given to 1 program".to_owned(),
                    Asked::MOST => format!("was given to {times} programs, and would have gone on"),
                    _ => format!("was given to {times} programs"),
                };
                ensure!(
                    times <= tries,
                    "{call}: 1000..2000 kills its programs, and {given}: more than the {allowed}"
                );
                ensure!(
                    times == tries,
                    "{call}: 1000..2000 kills its programs, and {given}: fewer than the {allowed}"
                );
                ensure!(
                    sum.is_err(),
                    "{call}: all programs for 1000..2000 died, and it is {sum:?}"
                );
            }
            Ok(())
        })
        .right("a program dies once for each range", |trial| {
            let asked = Asked::new(Behaviour::DiesOnce, &[0, 1000, 2000])?;
            let call = format!("sum(command, {RANGES:?}, 2)");
            trial.calling(format!("{call}, where the first program for each range dies"));
            let sum = attempt::sum(|range| asked.command(range), &RANGES, 2);
            ensure!(
                sum == Ok(4_498_500),
                "{call}: the first program for each range died, and the sum gives {sum:?}; each \
                 range has tries of its own, and the second ones would have given 4498500"
            );
            Ok(())
        })
        .how("what is done again", |trial| {
            let asked = Asked::new(Behaviour::DiesOnce, &[1000])?;
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

/// Programs of which those for ranges with such starts misbehave.
struct Asked {
    bad: Programs,
    good: Programs,
    bad_starts: &'static [u64],
    starts: std::sync::Mutex<Vec<u64>>,
}

impl Asked {
    /// After so many tries, a range is summed all the same: nobody goes on for ever.
    const MOST: usize = 10;

    fn new(behaviour: Behaviour, bad_starts: &'static [u64]) -> Result<Self, String> {
        let (bad, good) = (Programs::new(behaviour)?, Programs::new(Behaviour::Sums)?);
        Ok(Asked { bad, good, bad_starts, starts: std::sync::Mutex::default() })
    }

    fn command(&self, range: std::ops::Range<u64>) -> std::process::Command {
        self.starts.lock().expect("nobody panics here").push(range.start);
        let is_bad = self.bad_starts.contains(&range.start) && self.times(range.start) < Self::MOST;
        if is_bad { self.bad.command(range) } else { self.good.command(range) }
    }

    fn times(&self, start: u64) -> usize {
        let starts = self.starts.lock().expect("nobody panics here");
        starts.iter().filter(|other| **other == start).count()
    }
}
