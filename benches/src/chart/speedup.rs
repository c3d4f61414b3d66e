//! Speedup against workers, and the share of it that each worker brings.

mod against;
mod numbers;
mod reading;

use draw::{Across, Line, Plot, Reference, Up, tick};
use measure::Interval;
use units::count;

use super::caption::Caption;
use super::curves::{self, Curve, Curves};
use super::words::{self, sound};
use super::{Chart, Section, lines};
use crate::results::{Measured, Question, Results};
use crate::text::short;

/// `speedup-<kernel>` and `efficiency-<kernel>`, kernel by kernel.
pub(super) fn scaling(results: &Results) -> Vec<Chart> {
    let of = |view: View<'_>| [view.speedup(), view.efficiency()];
    views(results, Question::Scaling, Section::Scaling).flat_map(of).flatten().collect()
}

/// `weak-<kernel>`, kernel by kernel.
pub(super) fn weak(results: &Results) -> Vec<Chart> {
    views(results, Question::Weak, Section::Weak).filter_map(|view| view.speedup()).collect()
}

/// What was asked of one kernel.
struct View<'a> {
    results: &'a Results,
    kernel: &'a str,
    slug: String,
    curves: Curves<'a>,
    section: Section,
}

fn views(
    results: &Results,
    question: Question,
    section: Section,
) -> impl Iterator<Item = View<'_>> {
    curves::kernels(results, question).into_iter().map(move |(kernel, slug)| {
        let curves = Curves::of(results, question, kernel, Measured::speedup);
        View { results, kernel, slug, curves, section }
    })
}

impl View<'_> {
    fn speedup(&self) -> Option<Chart> {
        let lines = self.lines(Measured::speedup, words::speedup);
        let highest = Line::extent(&lines)?.1;
        let (given, ideal) = (self.given(1.0), self.ideal());
        // What it is measured against may leave the plot: what was measured needs the room.
        let against =
            given.iter().chain(&ideal).map(|(_, speedup)| *speedup).fold(highest, f64::max);
        let up = Up::linear(0.0, (against.min(highest * 1.8) * 1.06).max(1.2), |value| {
            tick(value) + "x"
        });
        let mut references = vec![reference("given", given), reference("ideal", ideal)];
        references.extend(self.ceiling().map(|points| reference("ceiling", points)));
        let (name, what) = match self.section {
            Section::Weak => ("weak", "scaled speedup"),
            _ => ("speedup", "speedup"),
        };
        let plot = Plot::new(self.across(false), (up, what), lines);
        let plot = Plot { references, marks: self.marks(), ..plot };
        let caption = Caption {
            name: format!("{name}-{}", self.slug),
            section: self.section,
            title: format!("{}: {what} against workers", short(self.kernel)),
            reading: self.reading(),
            table: self.table(what, "x", Measured::speedup),
        };
        Some(caption.with(plot.drawn()))
    }

    fn efficiency(&self) -> Option<Chart> {
        let percent = |one: &Measured| one.efficiency().map(|share| share.over(0.01));
        let lines = self.lines(percent, |share| words::share(&share.over(100.0)));
        let highest = Line::extent(&lines)?.1;
        let up = Up::linear(0.0, highest.max(100.0) * 1.08, |value| tick(value) + " %");
        let given = self.given(100.0).into_iter();
        let given = given.map(|(workers, cores)| (workers, cores / workers)).collect();
        let ideal = self.ideal().into_iter().map(|(workers, _)| (workers, 100.0)).collect();
        let plot = Plot::new(self.across(true), (up, "efficiency"), lines);
        let plot = Plot {
            height: 170.0,
            references: vec![reference("given", given), reference("ideal", ideal)],
            marks: self.marks(),
            ..plot
        };
        let caption = Caption {
            name: format!("efficiency-{}", self.slug),
            section: self.section,
            title: format!("{}: how much of each worker arrives", short(self.kernel)),
            reading: self.efficiency_reading(),
            table: self.table("efficiency", "%", percent),
        };
        Some(caption.with(plot.drawn()))
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
