//! The rows of a lesson that were measured with one worker and with more: what the others brought.

use std::collections::{BTreeMap, BTreeSet};

use units;

use super::super::across::Across;
use super::super::document::Caption;
use super::super::palette;
use super::super::plot::{Line, Plot, Point, Reference, Up};
use super::super::words;
use super::super::{Chart, Section, Table};
use crate::documents::{Document, Run};
use crate::figures::distinct;

/// Each of those rows as a curve. `None` where there is none.
pub(super) fn chart(number: usize, document: &Document, date: &str) -> Option<Chart> {
    let right = document.runs.iter().filter(|run| run.verdict == "right");
    let mut rows: BTreeMap<&str, BTreeMap<usize, f64>> = BTreeMap::new();
    for (run, time) in right.filter_map(|run: &Run| Some((run, super::per_term(run)?))) {
        rows.entry(&run.strategy).or_default().insert(run.workers, time.median);
    }
    rows.retain(|_, times| times.len() > 1 && times.contains_key(&1));
    let names = distinct(document.runs.iter().map(|run| run.strategy.as_str()));
    let names: Vec<&str> = names.into_iter().filter(|name| rows.contains_key(name)).collect();
    let usable = document.machine.usable_cores.max(1);
    let mut table = Table::with_columns(&["strategy", "workers", "times as fast as with one"]);
    let mut lines = Vec::new();
    for (name, look) in names.iter().zip(palette::looks(&names)) {
        let times = &rows[name];
        let mut points = Vec::new();
        for (workers, time) in times {
            let gained = times[&1] / time;
            let shown = units::three_digits(gained);
            points.push(Point {
                x: *workers as f64,
                y: gained,
                bounds: None,
                apart: *workers > usable,
                tip: format!("{name}, {}: {shown}", words::count(*workers, "worker")),
            });
            table.rows.push(vec![words::short(name), workers.to_string(), shown]);
        }
        lines.push(Line { name: words::short(name), look, points });
    }
    let highest =
        lines.iter().flat_map(|line| &line.points).map(|point| point.y).reduce(f64::max)?;
    let counts: BTreeSet<usize> = rows.values().flat_map(|times| times.keys().copied()).collect();
    let full = usable as f64;
    let plot = Plot {
        across: Across::Workers { counts, usable, log: false },
        up: Up {
            log: false,
            low: 0.0,
            high: (highest.max(full.min(highest * 1.8)) * 1.06).max(1.2),
            write: |tick| words::tick(tick) + "x",
        },
        across_title: "workers".into(),
        up_title: "times as fast as with one".into(),
        height: 270.0,
        lines,
        references: vec![Reference {
            class: "ideal",
            name: "ideal".into(),
            points: vec![(1.0, 1.0), (full, full)],
        }],
        marks: Vec::new(),
    };
    let (drawing, height) = plot.drawn();
    let (lesson, kernel) = (words::short(&document.lesson), words::short(&document.kernel.name));
    let caption = Caption {
        name: format!("lesson-{}-workers", number + 1),
        section: Section::Lessons,
        title: format!("{lesson}: what more workers bring, {kernel}"),
        reading: vec![format!("Each row against itself with one worker, {date}.")],
        table,
    };
    Some(caption.with(drawing, height))
}
