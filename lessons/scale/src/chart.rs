use std::collections::BTreeSet;

use draw::{Across, Line, Plot, Point, Reference, Up, looks, tick};
use units::{count, speedup};

use crate::document::Scaling;

/// The speedup over the workers, beside what the machine gave and the ideal line, as SVG.
pub(crate) fn chart(document: &Scaling) -> String {
    let (name, usable) = (&document.program.name, document.machine.usable_cores);
    let points = document.right().filter_map(|run| {
        let value = run.speedup?;
        let tip = format!("{}: {}", count(run.workers as u64, "worker"), speedup(value.median));
        let (x, y, bounds) = (run.workers as f64, value.median, value.low.zip(value.high));
        Some(Point { x, y, bounds, apart: run.workers > usable, tip })
    });
    let line = Line { name: name.clone(), look: looks(&[name], &[])[0], points: points.collect() };
    let counts: BTreeSet<usize> = document.rows().map(|run| run.workers).collect();
    let within = || counts.iter().copied().filter(|workers| *workers <= usable);
    let ideal: Vec<(f64, f64)> = within().map(|workers| (workers as f64, workers as f64)).collect();
    let given =
        within().filter_map(|workers| Some((workers as f64, document.cores(workers)?))).collect();
    let highest = Line::extent(std::slice::from_ref(&line)).map_or(1.0, |(_, high)| high);
    let top = ideal.last().map_or(highest, |(_, speedup)| speedup.max(highest)).min(highest * 1.8);
    let up = Up::linear(0.0, (top * 1.06).max(1.2), |value| tick(value) + "x");
    let across = Across::Counts {
        counts: counts.clone(),
        full: usable,
        beyond: "more workers than cores",
        log: false,
    };
    let reference = |class, name: &str, points| Reference { class, name: name.to_owned(), points };
    let plot = Plot {
        references: vec![
            reference("given", "what the machine gave", given),
            reference("ideal", "ideal", ideal),
        ],
        ..Plot::new((across, "workers"), (up, "speedup"), vec![line])
    };
    let reading = document.findings.first().cloned().unwrap_or_default();
    plot.drawn().picture_with_heading(
        "scale",
        &format!("{name}: speedup against workers"),
        &reading,
    )
}
