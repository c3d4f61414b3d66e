//! A plot of lines: the axes, what the lines are measured against, the lines, the keys.

use super::across::{Across, Placed};
use super::document::{WIDTH, text_width};
use super::ends;
use super::legend::{self, Key, Sample};
use super::marks::{self, Mark};
use super::palette::Look;
use super::scale::Scale;
use super::svg::Svg;

/// One plot, in the values that it shows.
pub(super) struct Plot {
    pub(super) across: Across,
    pub(super) up: Up,
    pub(super) across_title: String,
    pub(super) up_title: String,
    pub(super) height: f64,
    pub(super) lines: Vec<Line>,
    pub(super) references: Vec<Reference>,
    pub(super) marks: Vec<Mark>,
}

/// The axis that runs upwards.
pub(super) struct Up {
    pub(super) log: bool,
    pub(super) low: f64,
    pub(super) high: f64,
    pub(super) write: fn(f64) -> String,
}

/// One series.
pub(super) struct Line {
    pub(super) name: String,
    pub(super) look: Look,
    pub(super) points: Vec<Point>,
}

/// One measured point.
pub(super) struct Point {
    pub(super) x: f64,
    pub(super) y: f64,
    pub(super) bounds: Option<(f64, f64)>,
    /// Whether it stands apart: more workers than cores.
    pub(super) apart: bool,
    pub(super) tip: String,
}

/// A line that the series are measured against.
pub(super) struct Reference {
    pub(super) class: &'static str,
    pub(super) name: String,
    pub(super) points: Vec<(f64, f64)>,
}

/// Wide enough for `100 us`.
const LEFT: f64 = 54.0;
const RIGHT: f64 = WIDTH - 12.0;

/// What the strip on the right is for.
const BEYOND: &str = "more workers than cores";

impl Plot {
    /// The drawing, and how high it is.
    pub(super) fn drawn(&self) -> (Svg, f64) {
        // Names at the ends of the lines need no looking up, where there is room for them.
        let room = self.lines.iter().map(|line| text_width(&line.name)).fold(0.0, f64::max) + 14.0;
        let beside = self.frame(RIGHT - room);
        let ends = ends::placed(self.last_places(&beside), (beside.top, beside.bottom));
        let frame = if ends.is_some() { beside } else { self.frame(RIGHT) };

        let mut svg = Svg::default();
        self.draw_axes(&mut svg, &frame);
        for reference in &self.references {
            svg.path(reference.class, &self.clipped(&frame, &reference.points));
        }
        for line in &self.lines {
            frame.draw(&mut svg, line);
        }
        for (line, at) in ends.iter().flatten().map(|end| (&self.lines[end.line], end)) {
            svg.tag("g").is("class", &line.look.class()).open();
            let x = frame.right + 8.0;
            svg.line("lead", (at.x + 5.0, at.y), (x - 2.0, at.text_y));
            svg.label("", x, at.text_y + 4.0, &line.name);
            svg.close();
        }
        let keys = self.keys(ends.is_none());
        let bottom = legend::draw(&mut svg, &keys, frame.bottom + 36.0);
        (svg, bottom + 4.0)
    }

    fn frame(&self, right: f64) -> Frame {
        let across = self.across.placed(LEFT, right);
        let rows = marks::rows(&self.marks, &across, (LEFT + text_width(&self.up_title), right));
        let top = 22.0 + 15.0 * rows.saturating_sub(1) as f64;
        let bottom = top + self.height;
        let (values, places) = ((self.up.low, self.up.high), (bottom, top));
        let up =
            if self.up.log { Scale::log(values, places) } else { Scale::linear(values, places) };
        Frame { across, up, top, bottom, right }
    }

    /// Where each line ends.
    fn last_places(&self, frame: &Frame) -> Vec<(f64, f64)> {
        let last = |line: &Line| line.points.last().map(|point| frame.at(point.x, point.y));
        self.lines.iter().map(|line| last(line).unwrap_or_default()).collect()
    }

    fn draw_axes(&self, svg: &mut Svg, frame: &Frame) {
        let Frame { across, up, top, bottom, right } = frame;
        if let Some((from, to)) = across.strip {
            let shade = svg.tag("rect").is("class", "shade").at("x", from).at("y", *top);
            shade.at("width", to - from).at("height", bottom - top).leaf();
            // Below the axis, where no line can cross it; it may be wider than the strip.
            let half = text_width(BEYOND) / 2.0;
            let middle = f64::midpoint(from, to).min(WIDTH - 4.0 - half);
            svg.label("soft small mid", middle, bottom + 32.0, BEYOND);
        }
        let wanted = (self.height / 42.0).round() as usize;
        for tick in up.ticks(wanted) {
            let y = up.at(tick);
            svg.line("grid", (LEFT, y), (*right, y));
            svg.label("soft small end", LEFT - 5.0, y + 4.0, &(self.up.write)(tick));
        }
        svg.line("axis", (LEFT, *bottom), (*right, *bottom));
        for (x, text) in &across.ticks {
            svg.line("axis", (*x, *bottom), (*x, bottom + 4.0));
            svg.label("soft small mid", *x, bottom + 17.0, text);
        }
        svg.label("soft small", 4.0, 14.0, &self.up_title);
        let end = across.strip.map_or(*right, |(from, _)| from);
        svg.label("soft small mid", f64::midpoint(LEFT, end), bottom + 32.0, &self.across_title);
        marks::draw(
            svg,
            &self.marks,
            across,
            (LEFT + text_width(&self.up_title), *right),
            (*top, *bottom),
        );
    }

    /// The part of a line below the top of the plot.
    fn clipped(&self, frame: &Frame, points: &[(f64, f64)]) -> Vec<(f64, f64)> {
        let high = frame.up.high();
        let mut kept = Vec::new();
        for (place, &(x, y)) in points.iter().enumerate() {
            if y <= high {
                kept.push(frame.at(x, y));
                continue;
            }
            if let Some(&(before, lower)) = place.checked_sub(1).and_then(|index| points.get(index))
            {
                let share = (high - lower) / (y - lower);
                kept.push(frame.at(before + share * (x - before), high));
            }
            break;
        }
        kept
    }

    fn keys(&self, with_lines: bool) -> Vec<Key> {
        let lines = self.lines.iter().filter(|_| with_lines);
        let series =
            lines.map(|line| Key { name: line.name.clone(), sample: Sample::Series(line.look) });
        let references = self.references.iter().filter(|reference| reference.points.len() > 1).map(
            |reference| Key { name: reference.name.clone(), sample: Sample::Line(reference.class) },
        );
        series.chain(references).collect()
    }
}

/// Where everything lies.
struct Frame {
    across: Placed,
    up: Scale,
    top: f64,
    bottom: f64,
    right: f64,
}

impl Frame {
    fn at(&self, x: f64, y: f64) -> (f64, f64) {
        (self.across.at(x), self.up.at(y))
    }

    fn draw(&self, svg: &mut Svg, line: &Line) {
        let class = format!("series {}", line.look.class());
        svg.tag("g").is("class", &class).is("data-series", &line.name).open();
        let place = |point: &Point| self.at(point.x, point.y);
        let within: Vec<(f64, f64)> =
            line.points.iter().filter(|point| !point.apart).map(place).collect();
        let apart = line.points.iter().filter(|point| point.apart).map(place);
        let beyond: Vec<(f64, f64)> = within.last().copied().into_iter().chain(apart).collect();
        svg.path("run", &within);
        svg.path("run beyond", &beyond);
        for point in &line.points {
            let x = self.across.at(point.x);
            if let Some((low, high)) = point.bounds {
                svg.line("whisker", (x, self.up.at(low)), (x, self.up.at(high)));
            }
        }
        for point in &line.points {
            let (x, y) = place(point);
            line.look.marker(svg, x, y, point.apart).is("data-tip", &point.tip).leaf();
        }
        svg.close();
    }
}
