//! A plot of lines over two axes.

use crate::across::Across;
use crate::ends::{self, End};
use crate::frame::Frame;
use crate::legend::{self, Key, Sample};
use crate::line::{Line, Reference};
use crate::marks::{self, Mark};
use crate::picture::{Drawing, WIDTH, text_width};
use crate::scale::Scale;
use crate::svg::Svg;

/// One plot, in the values that it shows.
#[derive(Debug, Clone)]
pub struct Plot {
    /// The axis along the bottom.
    pub across: Across,
    /// What that axis shows.
    pub across_title: String,
    /// The axis that runs upwards.
    pub up: Up,
    /// What that axis shows.
    pub up_title: String,
    /// How high the axis is drawn.
    pub height: f64,
    /// How wide all of it is.
    pub width: f64,
    /// The series.
    pub lines: Vec<Line>,
    /// What they are measured against.
    pub references: Vec<Reference>,
    /// Upright lines.
    pub marks: Vec<Mark>,
    /// Whether the name of a line stands beside its last point, wherever that is.
    pub named_at_points: bool,
    /// What another legend explains already.
    pub explained: Vec<String>,
}

/// The axis that runs upwards.
#[derive(Debug, Clone, Copy)]
pub struct Up {
    log: bool,
    low: f64,
    high: f64,
    write: fn(f64) -> String,
}

impl Up {
    /// An axis on which equal distances are equal differences.
    pub fn linear(low: f64, high: f64, write: fn(f64) -> String) -> Self {
        Up { log: false, low, high, write }
    }

    /// An axis on which equal distances are equal ratios, with some room around `extent`.
    pub fn log((low, high): (f64, f64), write: fn(f64) -> String) -> Self {
        Up { log: true, low: low / 1.5, high: high * 1.5, write }
    }
}

/// Wide enough for `100 us`.
const LEFT: f64 = 54.0;

/// Between the end of the axis and that of the drawing.
const MARGIN: f64 = 12.0;

/// From the end of a line to its name.
const LEAD: f64 = 18.0;

/// The class of a [`Reference`] that is the same curve somewhere else: grey, and named where it ends.
const BEHIND: &str = "behind";

impl Plot {
    /// A plot of `lines` over two axes, each with its title.
    pub fn new(across: (Across, &str), up: (Up, &str), lines: Vec<Line>) -> Self {
        Plot {
            across: across.0,
            across_title: across.1.to_owned(),
            up: up.0,
            up_title: up.1.to_owned(),
            height: 270.0,
            width: WIDTH,
            lines,
            references: Vec::new(),
            marks: Vec::new(),
            named_at_points: false,
            explained: Vec::new(),
        }
    }

    /// Draws the axes, what the lines are measured against, the lines, and the keys.
    pub fn drawn(&self) -> Drawing {
        // Names at the ends of the lines need no looking up, where there is room for them.
        let (beside, ends) = self.beside();
        let frame = if ends.is_some() { beside } else { self.frame(self.width - MARGIN) };

        let mut svg = Svg::of_width(self.width);
        self.draw_axes(&mut svg, &frame);
        for reference in &self.references {
            self.draw_reference(&mut svg, &frame, reference);
        }
        for line in &self.lines {
            frame.draw(&mut svg, line);
        }
        let rightmost = ends.iter().flatten().map(|end| end.x).fold(0.0, f64::max);
        for (line, at) in ends.iter().flatten().map(|end| (&self.lines[end.line], end)) {
            svg.tag("g").is("class", &line.look.class()).open();
            if at.x < rightmost - 1.0 {
                // What ends before the others is named right there: a line from there to a name at
                // the right would look like data.
                svg.label("over-lines named", at.x + 8.0, at.text_y + 4.0, &line.name);
            } else {
                if (at.text_y - at.y).abs() > 4.0 {
                    svg.line("lead", (at.x + 5.0, at.y), (at.x + LEAD - 3.0, at.text_y));
                }
                svg.label("over-lines named", at.x + LEAD, at.text_y + 4.0, &line.name);
            }
            svg.close();
        }
        if self.named_at_points {
            self.name_points(&mut svg, &frame);
        }
        let below = if self.is_crowded(&frame) { 51.0 } else { 36.0 };
        let keys = self.keys(ends.is_none() && !self.named_at_points);
        let bottom = legend::draw(&mut svg, &keys, frame.bottom + below);
        Drawing { svg, height: bottom + 4.0 }
    }

    fn draw_reference(&self, svg: &mut Svg, frame: &Frame, reference: &Reference) {
        let (_, farthest) = frame.across.reach();
        let within = reference.points.iter().filter(|(x, _)| *x <= farthest);
        let points = self.clipped(frame, &within.copied().collect::<Vec<_>>());
        svg.path(reference.class, &points);
        let Some(&(x, y)) = points.last().filter(|_| reference.class == BEHIND) else { return };
        let wide = text_width(&reference.name);
        let x = (x - 6.0).max(LEFT + wide + 4.0);
        svg.label("soft small end over-lines", x, (y - 8.0).max(frame.top + 12.0), &reference.name);
    }

    /// What the legend names.
    pub fn names(&self) -> Vec<String> {
        let beside = self.beside().1.is_some();
        let keys = self.keys(!beside && !self.named_at_points).into_iter();
        keys.map(|key| key.name).collect()
    }

    /// The plot with names at the ends of its lines, and where those stand, if they have room.
    fn beside(&self) -> (Frame, Option<Vec<End>>) {
        let widest = self.lines.iter().map(|line| text_width(&line.name)).fold(0.0, f64::max);
        let (most, room) = (self.width - MARGIN, widest + LEAD);
        let frame = self.frame(most - room);
        // The last points may lie before the end of the axis, in the middle of a strip.
        let last = self.last_places(&frame).into_iter().map(|(x, _)| x).fold(0.0, f64::max);
        let frame = self.frame((frame.right + (frame.right - last)).min(most));
        let ends = ends::placed(self.last_places(&frame), (frame.top, frame.bottom));
        (frame, ends.filter(|_| !self.named_at_points))
    }

    fn name_points(&self, svg: &mut Svg, frame: &Frame) {
        for (line, (x, y)) in self.lines.iter().zip(self.last_places(frame)) {
            let outside = x + 8.0 + text_width(&line.name) > self.width;
            let (class, x) =
                if outside { ("end over-lines", x - 8.0) } else { ("over-lines", x + 8.0) };
            svg.label(class, x, y + 16.0, &line.name);
        }
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
            let half = text_width(across.beyond) / 2.0;
            let middle = f64::midpoint(from, to).min(self.width - 4.0 - half);
            let y = bottom + if self.is_crowded(frame) { 47.0 } else { 32.0 };
            svg.label("soft small mid", middle, y, across.beyond);
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

    /// Whether the titles of the axis and of its strip would touch beside each other.
    fn is_crowded(&self, Frame { across, right, .. }: &Frame) -> bool {
        let Some((from, to)) = across.strip else { return false };
        let (title, beyond) = (text_width(&self.across_title), text_width(across.beyond));
        let strip = f64::midpoint(from, to).min(self.width - 4.0 - beyond / 2.0).min(*right);
        f64::midpoint(LEFT, from) + title / 2.0 + 6.0 > strip - beyond / 2.0
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
        let references = self
            .references
            .iter()
            .filter(|reference| reference.points.len() > 1 && reference.class != BEHIND);
        let references = references.map(|reference| Key {
            name: reference.name.clone(),
            sample: Sample::Line(reference.class),
        });
        let all = series.chain(references);
        all.filter(|key| !self.explained.contains(&key.name)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::line::Point;
    use crate::palette::looks;
    use crate::ticks::tick;

    fn plot(lines: usize, named_at_points: bool) -> String {
        let names: Vec<String> = (0..lines).map(|line| format!("line {line}")).collect();
        let looks = looks(&names.iter().map(String::as_str).collect::<Vec<_>>(), &[]);
        let point = |x| Point { x, y: 2.0, bounds: None, apart: false, tip: "tip".to_owned() };
        let line = |(name, look)| Line { name, look, points: vec![point(1.0), point(9.0)] };
        let lines = names.into_iter().zip(looks).map(line).collect();
        let across = Across::Log { values: vec![1.0, 9.0], write: tick };
        let plot = Plot::new((across, "across"), (Up::linear(0.0, 4.0, tick), "up"), lines);
        Plot { named_at_points, ..plot }.drawn().svg.finished()
    }

    #[test]
    fn every_line_is_named_once() {
        for (lines, at_points, keys) in [(2, false, 0), (30, false, 30), (2, true, 0)] {
            let svg = plot(lines, at_points);
            assert_eq!(svg.matches("class=\"key ").count(), keys, "{lines}");
            assert_eq!(svg.matches(">line 1</text>").count(), 1, "{lines}");
        }
    }

    fn line(name: &str, points: &[(f64, f64)]) -> Line {
        let point =
            |&(x, y): &(f64, f64)| Point { x, y, bounds: None, apart: false, tip: "tip".into() };
        let look = looks(&[name], &[])[0];
        Line { name: name.to_owned(), look, points: points.iter().map(point).collect() }
    }

    fn over_log(lines: Vec<Line>) -> Plot {
        let across = Across::Log { values: vec![1.0, 9.0], write: tick };
        Plot::new((across, "across"), (Up::linear(0.0, 4.0, tick), "up"), lines)
    }

    #[test]
    fn nothing_that_looks_like_data_leads_from_a_single_point_to_its_name() {
        let lines = vec![line("alone", &[(1.0, 1.0)]), line("other", &[(1.0, 1.0), (9.0, 3.0)])];
        let svg = over_log(lines).drawn().svg.finished();
        assert!(!svg.contains("class=\"lead\""), "{svg}");
        let name = svg.split("<text").find(|text| text.contains(">alone<")).expect("its name");
        assert!(name.contains("over-lines"), "beside its point: {name}");
    }

    #[test]
    fn the_same_curve_somewhere_else_is_named_where_it_ends() {
        let name = "another machine".to_owned();
        let points = vec![(1.0, 1.0), (9.0, 3.0), (200.0, 3.9)];
        let behind = Reference { class: "behind", name, points };
        let plot = over_log(vec![line("mine", &[(1.0, 1.0), (9.0, 2.0)])]);
        let svg = Plot { references: vec![behind], ..plot }.drawn().svg.finished();
        assert_eq!(svg.matches(">another machine</text>").count(), 1, "no key besides: {svg}");
        let path = svg.split("<path").find(|path| path.contains("behind")).expect("it is drawn");
        assert_eq!(path.matches('L').count(), 1, "what lies beyond the axis is left out: {path}");
    }

    #[test]
    fn points_have_tips_and_axes_titles() {
        let svg = plot(1, false);
        assert_eq!(svg.matches("data-tip=\"tip\"").count(), 2);
        assert!(svg.contains(">across</text>") && svg.contains(">up</text>"));
    }
}
