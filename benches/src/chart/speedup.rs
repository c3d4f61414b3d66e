//! Speedup against workers, and the share of it that each worker brings.

mod against;
mod numbers;
mod reading;

use measure::Interval;

use super::across::Across;
use super::curves::{self, Curves};
use super::document::Caption;
use super::plot::{Line, Plot, Point, Reference, Up};
use super::words::{self, sound};
use super::{Chart, Section, scale};
use crate::results::{Measured, Question, Results};

/// `speedup-<kernel>` and `efficiency-<kernel>`, kernel by kernel.
pub(super) fn scaling(results: &Results) -> Vec<Chart> {
    let kernels = words::with_slugs(&curves::kernels(results, Question::Scaling));
    let of = |(kernel, slug): (&str, String)| {
        let curves = Curves::of(results, Question::Scaling, kernel, Measured::speedup);
        let view = View { results, kernel, slug, curves, section: Section::Scaling };
        [view.speedup(), view.efficiency()]
    };
    kernels.into_iter().flat_map(of).flatten().collect()
}

/// `weak-<kernel>`, kernel by kernel.
pub(super) fn weak(results: &Results) -> Vec<Chart> {
    let kernels = words::with_slugs(&curves::kernels(results, Question::Weak));
    let of = |(kernel, slug): (&str, String)| {
        let curves = Curves::of(results, Question::Weak, kernel, Measured::speedup);
        View { results, kernel, slug, curves, section: Section::Weak }.speedup()
    };
    kernels.into_iter().filter_map(of).collect()
}

/// What was asked of one kernel.
struct View<'a> {
    results: &'a Results,
    kernel: &'a str,
    slug: String,
    curves: Curves<'a>,
    section: Section,
}

impl View<'_> {
    fn speedup(&self) -> Option<Chart> {
        let ceiling = self.ceiling();
        let (given, ideal) = (self.given(1.0), self.ideal());
        let seen = self.curves.points().filter_map(|one| sound(one.speedup()));
        let seen = scale::reach(&seen.collect::<Vec<Interval>>())?.1;
        // What it is measured against may leave the plot: what was measured needs the room.
        let against = given.iter().chain(&ideal).map(|(_, speedup)| *speedup).fold(seen, f64::max);
        let high = (against.min(seen * 1.8) * 1.06).max(1.2);
        let weak = self.section == Section::Weak;
        let mut references = vec![
            Reference { class: "given", name: "what the machine gave".into(), points: given },
            Reference { class: "ideal", name: "ideal".into(), points: ideal },
        ];
        references.extend(ceiling.map(|points| Reference {
            class: "ceiling",
            name: "measured ceiling".into(),
            points,
        }));
        let plot = Plot {
            across: self.across(false),
            up: Up { log: false, low: 0.0, high, write: |tick| words::tick(tick) + "x" },
            across_title: "workers".into(),
            up_title: if weak { "scaled speedup" } else { "speedup" }.into(),
            height: 270.0,
            lines: self.lines(Measured::speedup, words::speedup),
            references,
            marks: self.marks(),
        };
        let (drawing, height) = plot.drawn();
        let what = if weak { "scaled speedup" } else { "speedup" };
        let caption = Caption {
            name: format!("{}-{}", if weak { "weak" } else { "speedup" }, self.slug),
            section: self.section,
            title: format!("{}: {what} against workers", words::short(self.kernel)),
            reading: self.reading(),
            table: self.table(what, "x", Measured::speedup),
        };
        Some(caption.with(drawing, height))
    }

    fn efficiency(&self) -> Option<Chart> {
        let percent = |one: &Measured| one.efficiency().map(|share| times(&share, 100.0));
        let seen = self.curves.points().filter_map(|one| sound(percent(one)));
        let high = scale::reach(&seen.collect::<Vec<Interval>>())?.1;
        let end = self.curves.full().unwrap_or(1).max(2) as f64;
        let given = self.given(100.0).into_iter();
        let given = given.map(|(workers, cores)| (workers, cores / workers)).collect();
        let plot = Plot {
            across: self.across(true),
            up: Up {
                log: false,
                low: 0.0,
                high: high.max(100.0) * 1.08,
                write: |tick| words::tick(tick) + " %",
            },
            across_title: "workers".into(),
            up_title: "efficiency".into(),
            height: 170.0,
            lines: self.lines(percent, |share| words::share(&times(share, 0.01))),
            references: vec![
                Reference { class: "given", name: "what the machine gave".into(), points: given },
                Reference {
                    class: "ideal",
                    name: "ideal".into(),
                    points: vec![(1.0, 100.0), (end, 100.0)],
                },
            ],
            marks: self.marks(),
        };
        let (drawing, height) = plot.drawn();
        let caption = Caption {
            name: format!("efficiency-{}", self.slug),
            section: self.section,
            title: format!("{}: how much of each worker arrives", words::short(self.kernel)),
            reading: self.efficiency_reading(),
            table: self.table("efficiency", "%", percent),
        };
        Some(caption.with(drawing, height))
    }

    fn across(&self, log: bool) -> Across {
        Across::Workers { counts: self.curves.counts(), usable: self.curves.usable, log }
    }

    fn lines(
        &self,
        quantity: impl Fn(&Measured) -> Option<Interval>,
        write: impl Fn(&Interval) -> String,
    ) -> Vec<Line> {
        let line = |curve: &curves::Curve<'_>| {
            let point = |measured: &&Measured| {
                let value = sound(quantity(measured))?;
                let name = words::short(curve.strategy);
                let workers = words::count(measured.workers, "worker");
                Some(Point {
                    x: measured.workers as f64,
                    y: value.median,
                    bounds: value.low.zip(value.high),
                    apart: measured.workers > self.curves.usable,
                    tip: format!("{name}, {workers}: {}", write(&value)),
                })
            };
            let points = curve.points.values().filter_map(point).collect();
            Line { name: words::short(curve.strategy), look: curve.look, points }
        };
        self.curves.all.iter().map(line).collect()
    }
}

fn times(interval: &Interval, factor: f64) -> Interval {
    Interval {
        median: interval.median * factor,
        low: interval.low.map(|low| low * factor),
        high: interval.high.map(|high| high * factor),
    }
}
