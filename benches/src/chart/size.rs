//! Time against the number of terms, with the points from which sharing pays.

use std::collections::{BTreeMap, BTreeSet};

use measure::Interval;
use units;

use super::across::Across;
use super::curves;
use super::document::Caption;
use super::marks::Mark;
use super::palette;
use super::plot::{Line, Plot, Point, Up};
use super::words::{self, sound};
use super::{Chart, Section, Table, scale};
use crate::break_even::{BreakEven, break_even};
use crate::figures::distinct;
use crate::results::{Measured, Question, Results};

/// `size-<kernel>`, kernel by kernel.
pub(super) fn size(results: &Results) -> Vec<Chart> {
    let kernels = words::with_slugs(&curves::kernels(results, Question::Size));
    kernels.into_iter().filter_map(|(kernel, slug)| chart(results, kernel, slug)).collect()
}

fn chart(results: &Results, kernel: &str, slug: String) -> Option<Chart> {
    let mine = || results.of(Question::Size).filter(|one| one.kernel == kernel && one.terms > 0);
    let timed = |one: &&Measured| sound(one.time()).is_some();
    let times: Vec<Interval> = mine().filter_map(|one| sound(one.time())).collect();
    let (low, high) = scale::reach(&times)?;
    let names = distinct(mine().filter(timed).map(|one| one.strategy.as_str()));
    let lines: Vec<Line> = names
        .iter()
        .zip(palette::looks(&names))
        .map(|(name, look)| {
            let of_name = mine().filter(|one| one.strategy == **name);
            let by_terms: BTreeMap<u64, &Measured> = of_name.map(|one| (one.terms, one)).collect();
            Line {
                name: words::short(name),
                look,
                points: by_terms.values().filter_map(|one| point(one)).collect(),
            }
        })
        .collect();
    let sizes: BTreeSet<u64> = mine().filter(timed).map(|one| one.terms).collect();
    let plot = Plot {
        across: Across::Log {
            values: sizes.iter().map(|terms| *terms as f64).collect(),
            write: |terms| words::terms(terms as u64),
        },
        up: Up { log: true, low: low / 1.5, high: high * 1.5, write: words::time_tick },
        across_title: "terms".into(),
        up_title: "time of one sum".into(),
        height: 270.0,
        lines,
        references: Vec::new(),
        marks: marks(results, kernel, &names),
    };
    let (drawing, height) = plot.drawn();
    let mut table = Table::with_columns(&["strategy", "workers", "terms", "time", "speedup"]);
    for one in mine().filter(timed) {
        table.rows.push(vec![
            words::short(&one.strategy),
            one.workers.to_string(),
            units::grouped(one.terms),
            sound(one.time()).map(|time| words::time(&time)).unwrap_or_default(),
            sound(one.speedup()).map(|speedup| words::speedup(&speedup)).unwrap_or_default(),
        ]);
    }
    let caption = Caption {
        name: format!("size-{slug}"),
        section: Section::Size,
        title: format!("{}: time against the number of terms", words::short(kernel)),
        reading: reading(results, kernel, &names),
        table,
    };
    Some(caption.with(drawing, height))
}

/// Where the strategies begin to pay; those that do at nearly the same place share a mark.
fn marks(results: &Results, kernel: &str, names: &[&str]) -> Vec<Mark> {
    let parallel = names.iter().filter(|name| **name != "simd");
    let mut places: Vec<(f64, Vec<String>)> = Vec::new();
    for name in parallel {
        let Some(BreakEven::From(at)) = break_even(results, kernel, name) else { continue };
        let near = places.iter_mut().find(|(other, _)| (0.8..1.25).contains(&(at / *other)));
        match near {
            Some((_, together)) => together.push(words::short(name)),
            None => places.push((at, vec![words::short(name)])),
        }
    }
    let mark = |(at, names): (f64, Vec<String>)| {
        let verb = if names.len() == 1 { "pays" } else { "pay" };
        Mark { at, name: format!("{} {verb}", names.join(", ")) }
    };
    places.into_iter().map(mark).collect()
}

fn point(one: &Measured) -> Option<Point> {
    let time = sound(one.time())?;
    let name = words::short(&one.strategy);
    let speedup = sound(one.speedup()).map(|speedup| units::speedup(speedup.median));
    let speedup = speedup.map(|speedup| format!(", {speedup}")).unwrap_or_default();
    let terms = units::grouped(one.terms);
    Some(Point {
        x: one.terms as f64,
        y: time.median,
        bounds: time.low.zip(time.high),
        apart: false,
        tip: format!("{name}, {terms} terms: {}{speedup}", words::time(&time)),
    })
}

/// From how many terms on each strategy pays, and why there is such a number.
fn reading(results: &Results, kernel: &str, names: &[&str]) -> Vec<String> {
    let parallel = names.iter().filter(|name| **name != "simd");
    let mut sentences: Vec<String> = parallel
        .filter_map(|name| {
            let shown = words::short(name);
            Some(match break_even(results, kernel, name)? {
                BreakEven::From(terms) => {
                    format!("{shown} is faster than one core from about {} terms on.", about(terms))
                }
                BreakEven::AlreadyAt(terms) => {
                    format!(
                        "{shown} is faster than one core with {} terms already.",
                        words::terms(terms)
                    )
                }
                BreakEven::NotUpTo(terms) => format!(
                    "{shown} is not faster than one core up to {} terms.",
                    words::terms(terms)
                ),
            })
        })
        .collect();
    sentences.push(
        "To hand out work costs the same however little there is to do: the left end of a line is \
         this cost alone."
            .to_owned(),
    );
    sentences
}

/// A number of terms with two digits: `240,000`.
fn about(terms: f64) -> String {
    let unit = 10_f64.powf(terms.max(1.0).log10().floor() - 1.0).max(1.0);
    units::grouped(((terms / unit).round() * unit) as u64)
}
