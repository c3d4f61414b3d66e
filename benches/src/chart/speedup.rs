//! Speedup against workers, and the share of it that each worker brings.

use shared::KernelName;
use shared::measure::Interval;
use shared::report::units;

use super::across::Across;
use super::curves::{self, Curves};
use super::document::Caption;
use super::marks::Mark;
use super::plot::{Line, Plot, Point, Reference, Up};
use super::words::{self, sound};
use super::{Chart, Section, Table, scale};
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

    /// Workers and the cores that the machine gave them, times `factor`.
    fn given(&self, factor: f64) -> Vec<(f64, f64)> {
        let given = self.curves.given().into_iter();
        given.map(|(workers, cores)| (workers as f64, cores.median * factor)).collect()
    }

    fn ideal(&self) -> Vec<(f64, f64)> {
        let end = self.curves.full().unwrap_or(1).max(2) as f64;
        vec![(1.0, 1.0), (end, end)]
    }

    /// The most that the machine can do over what the baseline does.
    fn ceiling(&self) -> Option<Vec<(f64, f64)>> {
        let ceilings = &self.results.machine.ceilings;
        let rate = self.curves.baseline_rate()?;
        let end = self.curves.full().unwrap_or(1).max(2) as f64;
        let per_core = match self.kernel.parse().ok()? {
            KernelName::Integers => ceilings.additions_per_second_per_core / rate,
            KernelName::Pi => ceilings.divisions_per_second_per_core / rate,
            KernelName::Memory => {
                let all = memory_ceiling(self.results, rate);
                return shown(all).then(|| vec![(1.0, all), (end, all)]);
            }
            KernelName::Primes => return None,
        };
        shown(per_core).then(|| vec![(1.0, per_core), (end, per_core * end)])
    }

    /// The counts of cores that explain a bend.
    fn marks(&self) -> Vec<Mark> {
        let machine = &self.results.machine;
        let usable = self.curves.usable;
        let end = usable.max(2);
        let (physical, smt) = (machine.physical_cores, machine.physical_cores < usable);
        let cores = words::count(usable, "usable core");
        let mut marks = vec![Mark { at: usable as f64, name: cores }];
        if smt && physical > 0 {
            marks.push(Mark { at: physical as f64, name: format!("{physical} physical") });
        }
        let quota = machine.cpu_quota.filter(|quota| (1.0..=end as f64).contains(quota));
        marks.extend(quota.map(|quota| Mark {
            at: quota,
            name: format!("quota of {}", units::three_digits(quota)),
        }));
        marks
    }

    /// The strategies with `workers` workers, the fastest first.
    fn ranked(&self, workers: usize) -> Vec<(&str, Interval)> {
        let at = |curve: &curves::Curve<'_>| curve.points.get(&workers)?.speedup();
        let all = self.curves.all.iter();
        let mut ranked: Vec<(&str, Interval)> =
            all.filter_map(|curve| Some((curve.strategy, sound(at(curve))?))).collect();
        ranked.sort_by(|one, other| other.1.median.total_cmp(&one.1.median));
        ranked
    }

    fn reading(&self) -> Vec<String> {
        let full = self.curves.full().unwrap_or(1);
        let ranked = self.ranked(full);
        let mut reading = Vec::new();
        if let Some((name, best)) = ranked.first() {
            let name = words::short(name);
            let workers = words::count(full, "worker");
            let mut sentence =
                format!("With {workers}, {name} is the fastest: {}", words::speedup(best));
            if let Some(given) = self.curves.given().get(&full) {
                let cores = units::three_digits(given.median);
                sentence += &format!(
                    "; independent sums got {cores} cores just then, so it reached {} of what the \
                     machine gave",
                    units::percent(best.median / given.median)
                );
            }
            reading.push(sentence + ".");
        }
        if let [_, .., (name, worst)] = ranked.as_slice() {
            reading.push(format!(
                "The slowest is {}: {}.",
                words::short(name),
                words::speedup(worst)
            ));
        }
        reading.extend(self.ceiling_reading());
        reading.extend(self.beyond_reading(full));
        reading.truncate(3);
        reading
    }

    fn ceiling_reading(&self) -> Option<String> {
        if self.kernel != KernelName::Memory.as_str() || self.section == Section::Weak {
            return None;
        }
        let most = memory_ceiling(self.results, self.curves.baseline_rate()?);
        let gigabytes = self.results.machine.ceilings.read_bytes_per_second / 1e9;
        shown(most).then(|| {
            format!(
                "Reading is the limit: the memory gives {} GB/s in all, {} what one core takes, \
                 and more workers cannot change that.",
                units::three_digits(gigabytes),
                words::tick((most * 100.0).round() / 100.0) + " times"
            )
        })
    }

    fn beyond_reading(&self, full: usize) -> Option<String> {
        let more = self.curves.counts().last().copied();
        let beyond = more.filter(|&more| more > full && more > self.curves.usable)?;
        let before = self.ranked(full).first().map(|(_, best)| best.median)?;
        let (name, best) = *self.ranked(beyond).first()?;
        let cores = words::count(self.curves.usable, "core");
        Some(format!(
            "{beyond} workers on {cores} bring no new cores: the best there, {}, has {} against {}.",
            words::short(name),
            units::speedup(best.median),
            units::speedup(before)
        ))
    }

    fn efficiency_reading(&self) -> Vec<String> {
        let full = self.curves.full().unwrap_or(1);
        let share = |(name, speedup): &(&str, Interval)| {
            format!("{} {}", words::short(name), units::percent(speedup.median / full as f64))
        };
        let ranked = self.ranked(full);
        let mut reading = vec![
            "At 100 % every worker is worth a whole core; what is missing is lost.".to_owned(),
        ];
        match ranked.as_slice() {
            [] => {}
            [only] => {
                reading.push(format!("With {}: {}.", words::count(full, "worker"), share(only)))
            }
            [best, .., worst] => reading.push(format!(
                "With {} it lies between {} and {}.",
                words::count(full, "worker"),
                share(worst),
                share(best)
            )),
        }
        reading
    }

    fn table(
        &self,
        what: &str,
        unit: &str,
        quantity: impl Fn(&Measured) -> Option<Interval>,
    ) -> Table {
        let heads = [format!("{what} ({unit})"), format!("low ({unit})"), format!("high ({unit})")];
        let mut table = Table::with_columns(&[
            "strategy",
            "workers",
            &heads[0],
            &heads[1],
            &heads[2],
            "time (ms)",
            "cores given",
        ]);
        let number = |value: Option<f64>| value.map(units::three_digits).unwrap_or_default();
        for measured in self.curves.points() {
            let Some(value) = sound(quantity(measured)) else { continue };
            table.rows.push(vec![
                words::short(&measured.strategy),
                measured.workers.to_string(),
                ratio_digits(value.median),
                value.low.map(ratio_digits).unwrap_or_default(),
                value.high.map(ratio_digits).unwrap_or_default(),
                number(sound(measured.time()).map(|time| time.median * 1e3)),
                number(sound(measured.cores_given()).map(|cores| cores.median)),
            ]);
        }
        table
    }
}

/// Bytes of one term of `memory`.
const BYTES_PER_TERM: f64 = 8.0;

/// How many times as fast as the baseline the memory can be read.
fn memory_ceiling(results: &Results, terms_per_second: f64) -> f64 {
    results.machine.ceilings.read_bytes_per_second / BYTES_PER_TERM / terms_per_second
}

fn shown(value: f64) -> bool {
    words::SHOWABLE.contains(&value)
}

fn times(interval: &Interval, factor: f64) -> Interval {
    Interval {
        median: interval.median * factor,
        low: interval.low.map(|low| low * factor),
        high: interval.high.map(|high| high * factor),
    }
}

/// Three digits, also of a ratio far below one.
fn ratio_digits(ratio: f64) -> String {
    if ratio < 0.001 { format!("{ratio:.1e}") } else { units::three_digits(ratio) }
}
