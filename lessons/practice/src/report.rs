//! What a learner sees of a verdict.

use std::fmt::Write;

use course::{BOLD, DIM, columns, lane, wrapped_to};
use judge::{Answer, Stage, Verdict};
use units::{count, percent, seconds, speedup};

use crate::check::Checked;
use crate::exercise::Exercise;
use crate::progress::Done;

/// No wider, however wide the terminal is: long lines are hard to read.
const WIDEST: usize = 80;

/// So much of what an attempt prints is shown.
const MOST_PRINTED: usize = 10;

/// What to say where the rules of an exercise do not fit what the learner made of it.
const RULES_ASK: &str = "rules.rs is what the judge asks of your file: the names and the signatures that it had at \
                         first have to stay. The reset command lays the file out again.";

/// Text that fits the terminal.
pub(crate) fn sentence(text: &str, indent: usize) -> String {
    wrapped_to(text, indent, columns().min(WIDEST))
}

/// The heading of an exercise: which one of how many, its title, its file.
pub(crate) fn heading(exercise: &Exercise, place: usize, of: usize, file: &str) -> String {
    format!(
        "{BOLD}{place}/{of} {}{BOLD:#}  {}\n{DIM}{file}{DIM:#}\n",
        exercise.name, exercise.title
    )
}

/// The task, as the learner's file says it.
pub(crate) fn task(exercise: &Exercise) -> String {
    let mut text = String::new();
    for paragraph in exercise.task().split("\n\n").skip(1) {
        let paragraph = paragraph.split_whitespace().collect::<Vec<_>>().join(" ");
        let _ = write!(text, "\n{}", sentence(&without_links(&paragraph), 0));
    }
    text
}

/// Links as text alone: `[threads](../README.md)` is `threads`.
fn without_links(text: &str) -> String {
    let mut plain = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("](") {
        let (words, tail) = before.rsplit_once('[').unwrap_or((before, ""));
        let address = after.split_once(')');
        let Some((address, after)) = address else { break };
        let path = address.trim_start_matches("../");
        let _ = write!(plain, "{words}{tail} (lessons/{path})");
        rest = after;
    }
    plain + rest
}

/// The verdict on an attempt; `more` is the command that gives one more hint, if there is one.
pub(crate) fn verdict(checked: &Checked, more: Option<&str>) -> String {
    let Checked { verdict, printed, .. } = checked;
    let mut text = String::new();
    if let Some(failure) = &verdict.failure {
        if failure.stage == Stage::Compiles {
            // The compiler says it all; but it does not know whose that file is.
            let note = if failure.text.contains("rules.rs") {
                sentence(RULES_ASK, 0)
            } else {
                String::new()
            };
            return format!("{}\n{note}", failure.text.trim_end());
        }
        let passed: Vec<&str> = passed(verdict);
        if !passed.is_empty() {
            let so_far = sentence(&format!("holds so far: {}", passed.join(", ")), 0);
            let _ = write!(text, "{DIM}{so_far}{DIM:#}");
        }
        let _ = writeln!(text, "{BOLD}{}{BOLD:#}", failure.stage.failed());
        text += &sentence(&failure.text, 2);
        let _ = write!(text, "\n{}", sentence(&upper(&failure.remedy), 0));
        if let Some(more) = more {
            text += &sentence(&format!("One more hint: {more}"), 0);
        }
    } else {
        let what = match Done::of(verdict) {
            Some(Done::Fast) => "right, done in the way that was asked for, and fast",
            _ => "right, and done in the way that was asked for",
        };
        let _ = write!(text, "{BOLD}{}{BOLD:#}", sentence(what, 0));
    }
    text += &speed(verdict);
    text += &rows(verdict);
    if verdict.failure.is_none()
        || verdict.failure.as_ref().is_some_and(|failure| failure.stage >= Stage::How)
    {
        text += &timeline(verdict);
    }
    text += &what_was_printed(printed);
    let (compiled, judged) = (checked.compiling.as_secs_f64(), checked.judging.as_secs_f64());
    let took = format!("compiled in {}, judged in {}", seconds(compiled), seconds(judged));
    let _ = writeln!(text, "\n{DIM}{took}{DIM:#}");
    text
}

fn passed(verdict: &Verdict) -> Vec<&'static str> {
    // What cannot be told of speed has a sentence of its own.
    let stages = verdict.passed.iter().filter(|stage| **stage != Stage::Fast);
    stages
        .map(|stage| match stage {
            Stage::Right => "right at awkward numbers",
            Stage::Stress => "right under stress",
            Stage::How => "done in the way that was asked for",
            stage => stage.name(),
        })
        .collect()
}

/// Whether it is fast enough, where that was asked.
fn speed(verdict: &Verdict) -> String {
    let Some(speed) = &verdict.speed else { return String::new() };
    let text = match &speed.answer {
        Answer::Reached => {
            format!("Speed: reached, {}; asked for: {}.", speed.in_words(), speed.asked)
        }
        // The failure says it.
        Answer::NotReached => return String::new(),
        Answer::CannotTell(why) => format!(
            "Speed: cannot tell here, for {why}. Asked for: {}. This does not hold you up.",
            speed.asked
        ),
    };
    format!("\n{}", sentence(&text, 0))
}

/// The attempt beside the solution and the skeleton.
fn rows(verdict: &Verdict) -> String {
    if verdict.rows.is_empty() {
        return String::new();
    }
    // Where there is room for one more column.
    let shares = verdict.rows.iter().any(|row| row.share.is_some()) && columns() > 45;
    let last = if shares { "  of capacity" } else { "" };
    let mut text = format!("\n{BOLD}{:<10}{:>9}{:>13}{last}{BOLD:#}\n", "", "time", "speedup");
    for row in &verdict.rows {
        let faster = row.speedup.map(speedup).unwrap_or_default();
        let share = row.share.filter(|_| shares).map(percent).unwrap_or_default();
        let line = format!("{:<10}{:>9}{faster:>13}{share:>13}", row.name, seconds(row.seconds));
        let _ = writeln!(text, "{}", line.trim_end());
    }
    let _ = writeln!(text, "{DIM}speedup: against {}{DIM:#}", verdict.against);
    text
}

/// Who summed when, in the audited run.
fn timeline(verdict: &Verdict) -> String {
    if verdict.lanes.is_empty() {
        return String::new();
    }
    let room = columns().min(WIDEST).saturating_sub(11).clamp(10, 60);
    let mut text = format!("\n{BOLD}Who summed when, under audit{BOLD:#}\n");
    for of in &verdict.lanes {
        let _ = writeln!(text, "{:<10} {}", of.worker, lane(of.spans.iter().copied(), room));
    }
    let ranges: usize = verdict.lanes.iter().map(|lane| lane.ranges).sum();
    let _ = writeln!(text, "{DIM}█ sums, · does not; {}{DIM:#}", count(ranges as u64, "range"));
    text
}

fn what_was_printed(printed: &str) -> String {
    let lines: Vec<&str> = printed.lines().collect();
    if lines.is_empty() {
        return String::new();
    }
    let mut text = format!("\n{BOLD}It printed{BOLD:#}\n");
    for line in lines.iter().take(MOST_PRINTED) {
        let short: String = line.chars().filter(|letter| !letter.is_control()).take(76).collect();
        let _ = writeln!(text, "  {short}");
    }
    if lines.len() > MOST_PRINTED {
        let _ = writeln!(text, "  ...");
    }
    text
}

/// The same, with its first letter as at the beginning of a sentence.
fn upper(text: &str) -> String {
    let mut letters = text.chars();
    letters
        .next()
        .map_or_else(String::new, |first| format!("{}{}.", first.to_uppercase(), letters.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_are_shown_as_words_and_paths() {
        assert_eq!(
            without_links("Read: [a b](../../../a/README.md), c"),
            "Read: a b (lessons/a/README.md), c"
        );
        assert_eq!(without_links("no link [here]"), "no link [here]");
        assert_eq!(upper("look there"), "Look there.");
    }
}
