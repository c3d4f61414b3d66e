//! One timeline among others, as it is drawn.

use crate::joined::{Joined, joined};
use crate::lane::{Lane, Timeline};
use crate::picture::text_width;
use crate::scale::Scale;
use crate::svg::{Svg, Tag};

/// The most boxes that are drawn in all pictures of a page; a larger file would not be read with
/// pleasure.
const MOST_BOXES: usize = 5000;

/// The same where all boxes of a lane are one path.
const MOST_IN_PATHS: usize = 24_000;

/// From so high on a lane has an element for each box.
const BOXED: f64 = 5.0;

/// From so high on a lane has its name.
pub(crate) const NAMED: f64 = 12.0;

/// Left and right of it.
pub(crate) const MARGIN: f64 = 10.0;

/// One timeline as it is drawn.
pub(crate) struct Block<'a> {
    pub(crate) timeline: &'a Timeline,
    pub(crate) time: &'a Scale,
    /// How hatched boxes are filled.
    pub(crate) pattern: &'a str,
    /// Of a lane.
    pub(crate) height: f64,
}

impl Block<'_> {
    /// Draws it from `top` downwards; gives where it ends.
    pub(crate) fn draw(
        &self,
        svg: &mut Svg,
        of: usize,
        top: f64,
        tip: impl Fn(usize, &Joined) -> String,
    ) -> f64 {
        let Block { timeline: Timeline { name, summary, end, lanes, .. }, height, .. } = self;
        let (start, end) = (self.time.at(0.0), self.time.at(*end));
        svg.tag("g").is("class", "series").is("data-series", name).open();
        svg.label("strong", MARGIN, top + 14.0, name);
        let after = MARGIN + text_width(name) * 1.12 + 10.0;
        svg.label("soft small", after, top + 14.0, summary);
        let mut y = top + 20.0;
        for (number, (lane, boxes)) in lanes.iter().zip(self.boxes(of, svg.width())).enumerate() {
            if *height >= NAMED {
                let middle = y + height / 2.0 + 4.0;
                svg.label("soft small end", start - 5.0, middle, &short(&lane.name));
            }
            let tag = svg.tag("rect").is("class", "lane").at("x", start).at("y", y);
            tag.at("width", end - start).at("height", *height).leaf();
            if *height < BOXED {
                self.paths(svg, lane, &boxes, y);
            } else {
                for one in boxes {
                    let (left, width) = one.drawn();
                    let tag = self.painted(svg.tag("rect"), one.hatched).at("x", left).at("y", y);
                    let tag = tag.at("width", width).at("height", *height);
                    tag.is("data-tip", &tip(number, &one)).leaf();
                }
            }
            y += height + if *height >= BOXED { 2.0 } else { 1.0 };
        }
        svg.line("over", (end, top + 17.0), (end, y + 1.0));
        svg.close();
        y + 8.0
    }

    /// What is drawn of each lane: boxes that touch are joined until there are few enough.
    fn boxes(&self, of: usize, width: f64) -> Vec<Vec<Joined>> {
        let most = if self.height < BOXED { MOST_IN_PATHS } else { MOST_BOXES } / of.max(1);
        let mut narrow = 0.5;
        loop {
            let lanes = self.timeline.lanes.iter().take(Timeline::MOST_LANES);
            let boxes: Vec<Vec<Joined>> =
                lanes.map(|lane| joined(&lane.boxes, self.time, narrow)).collect();
            if boxes.iter().flatten().count() <= most || narrow > width {
                return boxes;
            }
            narrow *= 1.5;
        }
    }

    /// The boxes of a low lane: a path of each kind.
    fn paths(&self, svg: &mut Svg, lane: &Lane, boxes: &[Joined], y: f64) {
        for (hatched, tip) in [false, true].into_iter().zip(&lane.tips) {
            let mine = boxes.iter().filter(|one| one.hatched == hatched);
            let mine: Vec<(f64, f64)> = mine.map(Joined::drawn).collect();
            if !mine.is_empty() {
                let tag = self.painted(svg.tag("path"), hatched);
                tag.boxes(&mine, y, self.height).is("data-tip", tip).leaf();
            }
        }
    }

    fn painted<'t>(&self, tag: Tag<'t>, hatched: bool) -> Tag<'t> {
        match hatched {
            true => tag.is("class", "hatched").is("style", self.pattern),
            false => tag.is("class", "plain"),
        }
    }
}

/// As high as its name where there are few lanes.
pub(crate) fn lane_height(lanes: usize, timelines: usize) -> f64 {
    match lanes {
        _ if timelines == 1 => (300.0 / lanes as f64).clamp(4.0, 22.0),
        0..=4 => 14.0,
        5..=8 => 9.0,
        9..=16 => 6.0,
        17..=32 => 4.0,
        _ => 2.5,
    }
}

/// As much of a lane's name as there is room for.
pub(crate) fn short(name: &str) -> String {
    name.chars().take(10).collect()
}
