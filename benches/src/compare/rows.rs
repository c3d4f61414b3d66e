use std::cmp::Ordering;
use std::fmt::Write;

use course::BOLD;
use measure::Interval;
use units::{seconds, three_digits};

use crate::figures::{median, side_of_one};
use crate::results::{Measured, Question};
use crate::text::{cut, plain};

/// The head of each table; the shares of the control are percents.
const HEAD: &str = "strategy               w  before   after ratio      95 % control";

/// A line of such a table: two times of what `measured` names, their ratio, and what is said of it.
pub(crate) struct Line<'a> {
    pub(crate) measured: &'a Measured,
    pub(crate) times: [f64; 2],
    pub(crate) ratio: Interval,
    pub(crate) rest: String,
}

/// A table for each question and kernel, with `head` above it.
pub(crate) fn tables(head: &str, lines: &[Line]) -> String {
    let mut text = String::new();
    let mut group = String::new();
    for line in lines {
        let its_group = line.measured.group();
        if its_group != group {
            let name = cut(&plain(&its_group), 60);
            let _ = writeln!(text, "\n{BOLD}{name}{BOLD:#}\n{head}");
            group = its_group;
        }
        let _ = writeln!(text, "{}", row(line));
    }
    text
}

/// The line itself, in columns: strategy, workers, both times, their ratio and its interval, and the rest.
pub(crate) fn row(line: &Line) -> String {
    let Line { measured, times, ratio, rest } = line;
    let line = format!(
        "{:20} {:>3} {:>7} {:>7} {:>5} {:>9} {rest}",
        cut(&plain(&measured.strategy), 20),
        measured.workers,
        seconds(times[0]),
        seconds(times[1]),
        three_digits(ratio.median),
        between(ratio),
    );
    line.trim_end().to_owned()
}

/// Which of two times is shorter, beyond noise.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Change {
    Faster,
    Slower,
    NoDifference,
    /// Below six samples there is no interval.
    TooFew,
}

impl Change {
    /// Of the ratio after over before.
    fn of(ratio: &Interval) -> Self {
        match side_of_one(ratio) {
            Some(Ordering::Less) => Change::Faster,
            Some(_) => Change::Slower,
            None if ratio.low.and(ratio.high).is_some() => Change::NoDifference,
            None => Change::TooFew,
        }
    }

    fn word(self) -> &'static str {
        match self {
            Change::Faster => "faster",
            Change::Slower => "slower",
            Change::NoDifference => "no difference",
            Change::TooFew => "too few",
        }
    }
}

/// A table for each question and kernel; and the changes of all rows.
pub(super) fn table(pairs: &[(&Measured, &Measured)]) -> (String, Vec<Change>) {
    let both = |(before, after): &(&Measured, &Measured)| Some((time(before)?, time(after)?));
    let timed = pairs.iter().filter_map(|pair| Some((pair, both(pair)?)));
    let lines = timed.map(|(&(before, after), (old, new))| {
        let ratio = new.ratio_to(old);
        let change = Change::of(&ratio);
        let rest = format!("{:>7}  {}", shares(before, after), change.word());
        (Line { measured: before, times: [old.median, new.median], ratio, rest }, change)
    });
    let (lines, changes): (Vec<Line>, Vec<Change>) = lines.unzip();
    (tables(HEAD, &lines), changes)
}

/// Whether there is a time, and all samples are times: a number above zero each.
pub(super) fn has_times(measured: &Measured) -> bool {
    let is_time = |seconds: &f64| seconds.is_finite() && *seconds > 0.0;
    measured.seconds.iter().all(is_time) && time(measured).is_some()
}

/// Seconds of one call, or of one dispatch where a call makes many.
pub(crate) fn time(measured: &Measured) -> Option<Interval> {
    let time = match measured.question {
        Question::Overhead => measured.cost_of_dispatch(),
        _ => measured.time(),
    };
    time.filter(|time| median(Some(*time)).is_some())
}

fn between(ratio: &Interval) -> String {
    let places = match ratio.high {
        Some(high) if high >= 100.0 => 0,
        Some(high) if high >= 10.0 => 1,
        _ => 2,
    };
    let bounds = ratio.low.zip(ratio.high);
    bounds.map_or_else(String::new, |(low, high)| format!("{low:.places$}-{high:.places$}"))
}

/// The shares of the control, before and after, in percent: `97>99`.
fn shares(before: &Measured, after: &Measured) -> String {
    let share = |it: &Measured| median(it.share_of_control()).map(|share| share * 100.0);
    let both = share(before).zip(share(after));
    both.map_or_else(String::new, |(before, after)| format!("{before:.0}>{after:.0}"))
}
