//! What it costs to write to the same place: by workers, and by the distance between two places.

use std::collections::{BTreeMap, BTreeSet};

use measure::Interval;
use units;

use super::across::Across;
use super::document::Caption;
use super::palette;
use super::plot::{Line, Plot, Point, Up};
use super::words::{self, sound};
use super::{Chart, Section, Table, scale};
use crate::figures::distinct;
use crate::results::{Measured, Question, Results};

/// `contention-workers` and `contention-distance`.
pub(super) fn contention(results: &Results) -> Vec<Chart> {
    [by_workers(results), by_distance(results)].into_iter().flatten().collect()
}

/// Seconds of one term.
fn per_term(one: &Measured) -> Option<Interval> {
    let terms = one.terms.max(1) as f64;
    sound(Interval::of(&one.seconds.iter().map(|seconds| seconds / terms).collect::<Vec<f64>>()))
}

fn by_workers(results: &Results) -> Option<Chart> {
    let all = || results.of(Question::Contention).filter(|one| one.distance.is_none());
    let names = distinct(all().map(|one| one.strategy.as_str()));
    let usable = results.machine.usable_cores.max(1);
    let series = names.iter().map(|name| {
        let of_name = all().filter(|one| one.strategy == *name);
        let points = of_name.map(|one| (one.workers, one)).collect::<BTreeMap<_, _>>();
        (words::short(name), points.into_values().collect())
    });
    let counts: BTreeSet<usize> = all().map(|one| one.workers).collect();
    let log = counts.last().is_some_and(|most| *most > 16);
    let (lines, low, high) = lines(series.collect(), |one| one.workers as f64, usable)?;
    let plot = Plot {
        across: Across::Workers { counts, usable, log },
        up: Up { log: true, low: low / 1.5, high: high * 1.5, write: words::time_tick },
        across_title: "workers".into(),
        up_title: "time of one term".into(),
        height: 200.0,
        lines,
        references: Vec::new(),
        marks: Vec::new(),
    };
    let (drawing, height) = plot.drawn();
    let caption = Caption {
        name: "contention-workers".into(),
        section: Section::Contention,
        title: "One total for all: time of one term against workers".into(),
        reading: names.iter().filter_map(|name| more_workers(all(), name)).collect(),
        table: table(all()),
    };
    Some(caption.with(drawing, height))
}

fn by_distance(results: &Results) -> Option<Chart> {
    let all = || results.of(Question::Contention).filter(|one| one.distance.is_some());
    let counts: BTreeSet<usize> = all().map(|one| one.workers).collect();
    let series = counts.iter().map(|count| {
        let of_count = all().filter(|one| one.workers == *count);
        let points = of_count.map(|one| (one.distance, one)).collect::<BTreeMap<_, _>>();
        (words::count(*count, "worker"), points.into_values().collect())
    });
    let bytes = |one: &Measured| one.distance.unwrap_or(1).max(1) as f64;
    let (lines, low, high) = lines(series.collect(), bytes, usize::MAX)?;
    let distances: BTreeSet<u64> = all().filter_map(|one| one.distance).collect();
    let plot = Plot {
        across: Across::Log {
            values: distances.iter().map(|bytes| (*bytes).max(1) as f64).collect(),
            write: |bytes| words::tick(bytes),
        },
        up: Up { log: true, low: low / 1.5, high: high * 1.5, write: words::time_tick },
        across_title: "bytes from one counter to the next".into(),
        up_title: "time of one term".into(),
        height: 200.0,
        lines,
        references: Vec::new(),
        marks: Vec::new(),
    };
    let (drawing, height) = plot.drawn();
    let caption = Caption {
        name: "contention-distance".into(),
        section: Section::Contention,
        title: "A counter for each: time of one term against the distance".into(),
        reading: farther(&counts, all),
        table: table(all()),
    };
    Some(caption.with(drawing, height))
}

type Series<'a> = Vec<(String, Vec<&'a Measured>)>;

/// The lines of some series, and the smallest and the largest time that they reach.
fn lines(
    series: Series<'_>,
    place: impl Fn(&Measured) -> f64,
    usable: usize,
) -> Option<(Vec<Line>, f64, f64)> {
    let times = series.iter().flat_map(|(_, points)| points).filter_map(|one| per_term(one));
    let (low, high) = scale::reach(&times.collect::<Vec<Interval>>())?;
    let names: Vec<&str> = series.iter().map(|(name, _)| name.as_str()).collect();
    let lines = series.iter().zip(palette::looks(&names)).map(|((name, points), look)| Line {
        name: name.clone(),
        look,
        points: points
            .iter()
            .filter_map(|one| {
                let time = per_term(one)?;
                let workers = words::count(one.workers, "worker");
                let name = words::short(&one.strategy);
                Some(Point {
                    x: place(one),
                    y: time.median,
                    bounds: time.low.zip(time.high),
                    apart: one.workers > usable,
                    tip: format!("{name}, {workers}: {} a term", words::time(&time)),
                })
            })
            .collect(),
    });
    Some((lines.collect(), low, high))
}

/// How the time of a term of `strategy` changes from its fewest workers to its most.
fn more_workers<'a>(all: impl Iterator<Item = &'a Measured>, strategy: &str) -> Option<String> {
    let mine: BTreeMap<usize, f64> = all
        .filter(|one| one.strategy == strategy)
        .filter_map(|one| Some((one.workers, per_term(one)?.median)))
        .collect();
    let (few, first) = mine.first_key_value()?;
    let (many, last) = mine.last_key_value()?;
    let name = words::short(strategy);
    let (one, all) = (units::seconds(*first), units::seconds(*last));
    Some(if few == many {
        format!("{name} costs {one} a term with {}.", words::count(*few, "worker"))
    } else {
        let (few, many) = (words::count(*few, "worker"), words::count(*many, "worker"));
        format!("{name} costs {one} a term with {few}, and {all} with {many}.")
    })
}

/// What distance does for the most workers.
fn farther<'a, I: Iterator<Item = &'a Measured>>(
    counts: &BTreeSet<usize>,
    all: impl Fn() -> I,
) -> Vec<String> {
    let times = |workers: usize| -> BTreeMap<u64, f64> {
        let of_count = all().filter(|one| one.workers == workers);
        of_count.filter_map(|one| Some((one.distance?, per_term(one)?.median))).collect()
    };
    let most = counts.iter().rev().map(|workers| (*workers, times(*workers)));
    let Some((most, times)) = most.into_iter().find(|(_, times)| !times.is_empty()) else {
        return Vec::new();
    };
    let (near, close) = times.first_key_value().expect("it is not empty");
    let (far, apart) = times.last_key_value().expect("it is not empty");
    let workers = words::count(most, "worker");
    let (close, apart) = (units::seconds(*close), units::seconds(*apart));
    vec![
        format!("With {workers}, a term costs {close} at {near} bytes and {apart} at {far} bytes."),
        "No counter is shared. But memory moves in lines of 64 bytes: counters in one line are taken \
         from core to core, and each addition waits for that."
            .to_owned(),
    ]
}

fn table<'a>(all: impl Iterator<Item = &'a Measured>) -> Table {
    let mut table =
        Table::with_columns(&["strategy", "workers", "bytes apart", "time of one term"]);
    for one in all {
        let Some(time) = per_term(one) else { continue };
        table.rows.push(vec![
            words::short(&one.strategy),
            one.workers.to_string(),
            one.distance.map(|bytes| bytes.to_string()).unwrap_or_default(),
            words::time(&time),
        ]);
    }
    table
}
