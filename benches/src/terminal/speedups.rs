use measure::Interval;

use super::answer::{spread, times};
use super::canvas::Canvas;
use super::dots::Axis;
use crate::figures::{find, full_count, kernels, median, strategies, worker_counts};
use crate::results::{Measured, Question, Results};
use crate::text::{cut, plain};

/// A column of figures, its gap included.
const COLUMN: usize = 7;

/// Half the width of the interval of the last column.
const SPREAD: usize = 7;

/// The narrowest axis that still says something.
const AXIS: usize = 8;

/// A table for each kernel: the speedups of every strategy by workers, those of all usable cores last, and drawn
/// beside them, on one axis, with their intervals and what was possible.
pub(super) fn draw(canvas: &mut Canvas, results: &Results, question: Question) {
    for kernel in kernels(results, question) {
        let what = match question {
            Question::Weak => "as many terms for each worker, times as fast as one core",
            _ => "times as fast as one core, by workers",
        };
        canvas.heading(&format!("{question}, {kernel}: {what}"));
        table(canvas, results, question, kernel);
    }
}

fn table(canvas: &mut Canvas, results: &Results, question: Question, kernel: &str) {
    let names = strategies(results, question, kernel);
    let all = worker_counts(results, question, kernel);
    let Some(full) = full_count(results, question, kernel).or(all.first().copied()) else { return };
    let name_width = name_width(&names, canvas.width());
    let room = canvas.width().saturating_sub(name_width + SPREAD + 1);
    let shown = chosen(&all, results, room.saturating_sub(AXIS) / COLUMN);
    let of = |name: &str, workers| find(results, question, kernel, name, workers);
    let speedup = |name: &str, workers| {
        let interval = of(name, workers).and_then(Measured::speedup);
        interval.filter(|interval| median(Some(*interval)).is_some())
    };
    // What is drawn is the last column.
    let shown: Vec<usize> =
        shown.into_iter().filter(|count| *count != full).chain([full]).collect();
    let high = names.iter().filter_map(|name| {
        let given = of(name, full).and_then(|one| median(one.cores_given())).unwrap_or(0.0);
        let speedup = speedup(name, full)?;
        Some(speedup.high.unwrap_or(speedup.median).max(given).min(1e9))
    });
    let high = high.fold(0.0, f64::max);
    let room = room.saturating_sub(shown.len() * COLUMN).min(34);
    let axis = Axis { low: 0.0, high, log: false, room };

    let mut head = format!("{:name_width$}", "workers");
    shown.iter().for_each(|count| head += &format!("{count:>COLUMN$}"));
    canvas.line(&(head + &format!("{:>SPREAD$} {}", "", axis.ends("0x", &times(high)))));
    for name in sorted(&names, |name| speedup(name, full)) {
        let mut line = format!("{:name_width$}", cut(&plain(name), name_width));
        for workers in &shown {
            line += &format!("{:>COLUMN$}", cell(speedup(name, *workers)));
        }
        // A strategy for one worker has no place among those of all cores.
        if let Some(value) = speedup(name, full) {
            let possible = of(name, full).and_then(|one| median(one.cores_given()));
            line += &format!("{:>SPREAD$} {}", spread(value), axis.row(value, possible));
        }
        canvas.line(&line);
    }
    let hidden: Vec<String> =
        all.iter().filter(|count| !shown.contains(count)).map(usize::to_string).collect();
    if !hidden.is_empty() {
        canvas.sentence(&format!("Not shown here: {} workers.", hidden.join(", ")));
    }
}

/// The fastest first; what has no speedup last.
fn sorted<'a>(names: &[&'a str], speedup: impl Fn(&str) -> Option<Interval>) -> Vec<&'a str> {
    let mut sorted = names.to_vec();
    let key = |name: &str| speedup(name).map_or(0.0, |it| it.median);
    sorted.sort_by(|one, other| key(other).total_cmp(&key(one)));
    sorted
}

/// As many worker counts as there is room for: those that say most first, then from the largest
/// downwards.
fn chosen(all: &[usize], results: &Results, room: usize) -> Vec<usize> {
    let machine = &results.machine;
    let full = all.iter().rfind(|count| **count <= machine.usable_cores);
    let more = all.iter().find(|count| **count > machine.usable_cores);
    let physical = all.iter().find(|count| **count == machine.physical_cores);
    let wanted = [full, more, all.first(), physical].into_iter().flatten();
    let mut chosen = Vec::new();
    for count in wanted.chain(all.iter().rev()) {
        if chosen.len() < room && !chosen.contains(count) {
            chosen.push(*count);
        }
    }
    chosen.sort_unstable();
    chosen
}

fn name_width(names: &[&str], width: usize) -> usize {
    let longest = names.iter().map(|name| name.chars().count()).max().unwrap_or(0);
    longest.clamp(7, width * 2 / 5).min(20)
}

/// `1.93x`; `-` for what was not measured.
fn cell(speedup: Option<Interval>) -> String {
    match speedup {
        None => "-".to_owned(),
        Some(it) if it.median < 0.000_995 => "<0.001x".to_owned(),
        Some(it) => times(it.median),
    }
}
