//! The rows of a lesson that were measured with one worker and with more: what the others brought.

use std::collections::{BTreeMap, BTreeSet};

use course::{Document, Run};
use draw::{Line, Plot, Point, Reference, Up, tick};
use measure::verdict::Verdict;
use units::{count, three_digits};

use crate::chart::caption::Caption;
use crate::chart::curves::looks;
use crate::chart::lines;
use crate::chart::{Chart, Section, Table};
use crate::figures::distinct;
use crate::text::short;

/// Each of those rows as a curve. `None` where there is none.
pub(super) fn chart(number: usize, document: &Document, date: &str) -> Option<Chart> {
    let right = document.runs.iter().filter(|run| run.verdict == Verdict::Right);
    let mut rows: BTreeMap<&str, BTreeMap<usize, f64>> = BTreeMap::new();
    for (run, time) in right.filter_map(|run: &Run| Some((run, super::per_term(run)?))) {
        rows.entry(&run.strategy).or_default().insert(run.workers, time.median);
    }
    rows.retain(|_, times| times.len() > 1 && times.contains_key(&1));
    let names = distinct(document.runs.iter().map(|run| run.strategy.as_str()));
    let names: Vec<&str> = names.into_iter().filter(|name| rows.contains_key(name)).collect();
    let usable = document.machine.usable_cores.max(1);
    let mut numbers = Vec::new();
    let mut lines = Vec::new();
    for (name, look) in names.iter().zip(looks(&names)) {
        let times = &rows[name];
        let mut points = Vec::new();
        for (workers, time) in times {
            let gained = times[&1] / time;
            let shown = three_digits(gained);
            points.push(Point {
                x: *workers as f64,
                y: gained,
                bounds: None,
                apart: *workers > usable,
                tip: format!("{name}, {}: {shown}", count(*workers as u64, "worker")),
            });
            numbers.push(vec![short(name), workers.to_string(), shown]);
        }
        lines.push(Line { name: short(name), look, points });
    }
    let highest = Line::extent(&lines)?.1;
    let counts: BTreeSet<usize> = rows.values().flat_map(|times| times.keys().copied()).collect();
    let full = usable as f64;
    let high = (highest.max(full.min(highest * 1.8)) * 1.06).max(1.2);
    let up = Up::linear(0.0, high, |value| tick(value) + "x");
    let points = vec![(1.0, 1.0), (full, full)];
    let ideal = Reference { class: "ideal", name: "ideal".into(), points };
    let plot =
        Plot::new(lines::workers(counts, usable, false), (up, "times as fast as with one"), lines);
    let drawing = Plot { references: vec![ideal], width: draw::COLUMN, ..plot }.drawn();
    let (lesson, kernel) = (short(&document.lesson), short(document.kernel.name.as_str()));
    let caption = Caption {
        name: format!("lesson-{}-workers", number + 1),
        section: Section::Lessons,
        title: format!("{lesson}: what more workers bring, {kernel}"),
        subtitle: "times as fast as the same row with one worker, by the number of workers".into(),
        reading: vec![format!("Each row against itself with one worker, {date}.")],
        table: Table::new(
            &["strategy", "workers", "times as fast as with one"],
            numbers.into_iter(),
        ),
    };
    Some(caption.with(drawing))
}
