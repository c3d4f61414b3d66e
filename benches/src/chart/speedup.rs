//! Speedup: with all cores where there are few worker counts, over the workers where there are many.

mod against;
mod behind;
mod dots;
mod finding;
mod numbers;
mod reading;

use course::gallery::Entry;
use draw::{Across, Drawing, Line, Plot, Reference, Up};
use measure::Interval;
use units::count;

use super::caption::Caption;
use super::curves::{self, Curve, Curves};
use super::words::{self, sound};
use super::{Chart, Section, lines};
use crate::results::{Measured, Question, Results};
use crate::text::short;

pub(super) use against::roof;
pub(super) use dots::{band, times_tick};

/// `speedup-<kernel>`, kernel by kernel.
pub(super) fn scaling(results: &Results, machine: Option<&Entry>) -> Vec<Chart> {
    speedups(results, Question::Scaling, Section::Scaling, machine)
}

/// `weak-<kernel>`, kernel by kernel.
pub(super) fn weak(results: &Results) -> Vec<Chart> {
    speedups(results, Question::Weak, Section::Weak, None)
}

fn speedups(
    results: &Results,
    question: Question,
    section: Section,
    machine: Option<&Entry>,
) -> Vec<Chart> {
    let mut explained = Vec::new();
    let views = views(results, question, section, machine);
    views.filter_map(|view| view.speedup(&mut explained)).collect()
}

/// Up to so many worker counts all strategies stand in rows, each with all cores.
const MOST_DOTS: usize = 4;

/// What was asked of one kernel.
struct View<'a> {
    results: &'a Results,
    kernel: &'a str,
    slug: String,
    curves: Curves<'a>,
    section: Section,
    /// Another machine, for the grey behind.
    machine: Option<&'a Entry>,
}

fn views<'a>(
    results: &'a Results,
    question: Question,
    section: Section,
    machine: Option<&'a Entry>,
) -> impl Iterator<Item = View<'a>> {
    curves::kernels(results, question).into_iter().map(move |(kernel, slug)| {
        let curves = Curves::of(results, question, kernel, Measured::speedup);
        View { results, kernel, slug, curves, section, machine }
    })
}

impl View<'_> {
    /// The chart; what its marks mean is left out where `explained` has all of it, and added there.
    fn speedup(&self, explained: &mut Vec<String>) -> Option<Chart> {
        // A line of a few points is none.
        let few = self.curves.counts().len() <= MOST_DOTS;
        let (drawing, alone) =
            if few { self.dots(explained)? } else { self.over_workers(explained)? };
        let name = if self.section == Section::Weak { "weak" } else { "speedup" };
        let what = self.what();
        let workers = count(self.curves.full().unwrap_or(1) as u64, "worker");
        let over = if few { format!("with {workers}") } else { "by the number of workers".into() };
        let caption = Caption {
            name: format!("{name}-{}", self.slug),
            section: self.section,
            title: self.finding(),
            subtitle: format!("{what} of each strategy, {over}"),
            reading: self.reading().into_iter().chain(self.behind_reading(few)).collect(),
            table: self.table(what, "x", Measured::speedup),
        };
        Some(caption.with_alone(drawing, alone))
    }

    fn what(&self) -> &'static str {
        if self.section == Section::Weak { "scaled speedup" } else { "speedup" }
    }

    /// A line for each strategy.
    fn over_workers(&self, explained: &mut Vec<String>) -> Option<(Drawing, Drawing)> {
        let lines = self.lines(Measured::speedup, words::speedup);
        let highest = Line::extent(&lines)?.1;
        let (given, ideal, behind) = (self.given(), self.ideal(), self.behind());
        // What it is measured against may leave the plot: what was measured needs the room.
        let against = given
            .iter()
            .chain(&ideal)
            .chain(behind.iter().flat_map(|it| &it.points))
            .map(|(_, speedup)| *speedup)
            .fold(highest, f64::max);
        let high = (against.min(highest * 1.8) * 1.06).max(1.2);
        let mut references = vec![reference("given", given), reference("ideal", ideal)];
        references.extend(behind);
        references.extend(self.ceiling().map(|points| reference("ceiling", points)));
        let up = Up::linear(0.0, high, times_tick);
        let plot = Plot::new(self.across(false), (up, self.what()), lines);
        let marks = self.marks();
        let plot = Plot { references, marks, width: draw::COLUMN, height: 250.0, ..plot };
        let (names, alone) = (plot.names(), plot.drawn());
        let drawing = Plot { explained: explained.clone(), ..plot }.drawn();
        explained.extend(names);
        Some((drawing, alone))
    }

    fn across(&self, log: bool) -> (Across, &'static str) {
        lines::workers(self.curves.counts(), self.curves.usable, log)
    }

    fn lines(
        &self,
        quantity: impl Fn(&Measured) -> Option<Interval>,
        write: impl Fn(&Interval) -> String,
    ) -> Vec<Line> {
        let line = |curve: &Curve<'_>| {
            let name = short(curve.strategy);
            let point = |measured: &&Measured| {
                let value = sound(quantity(measured))?;
                let workers = measured.workers;
                let tip = format!("{name}, {}: {}", count(workers as u64, "worker"), write(&value));
                Some(lines::point(workers as f64, &value, workers > self.curves.usable, tip))
            };
            let points = curve.points.values().filter_map(point).collect();
            Line { name: name.clone(), look: curve.look, points }
        };
        self.curves.all.iter().map(line).collect()
    }
}

fn reference(class: &'static str, points: Vec<(f64, f64)>) -> Reference {
    let name = match class {
        "given" => "what the machine gave",
        "ceiling" => "measured ceiling",
        other => other,
    };
    Reference { class, name: name.to_owned(), points }
}
