//! Who did what when: a lane for each, a box for each thing done.

use crate::lane::{Joined, LaneBox, joined};
use crate::legend::{self, Key, Sample};
use crate::picture::{Drawing, WIDTH, text_width};
use crate::scale::Scale;
use crate::svg::{Svg, Tag};
use crate::ticks::time_tick;

/// Lanes that ran at the same time, and how long.
#[derive(Debug, Clone)]
pub struct Timeline {
    /// Its name, in bold.
    pub name: String,
    /// What stands beside the name.
    pub summary: String,
    /// When all was done, in seconds.
    pub end: f64,
    /// The lanes; the first [`Timeline::MOST_LANES`] are drawn.
    pub lanes: Vec<Lane>,
}

/// One lane.
#[derive(Debug, Clone)]
pub struct Lane {
    /// Its name, shown where lanes are high enough.
    pub name: String,
    /// What was done in it, by time.
    pub boxes: Vec<LaneBox>,
    /// What all boxes of a kind say together where lanes are too low to point at one: the plain ones,
    /// the hatched ones.
    pub tips: [String; 2],
}

/// What the boxes mean, for the legend.
#[derive(Debug, Clone, Copy)]
pub struct Meaning {
    /// The plain boxes.
    pub plain: &'static str,
    /// The hatched ones.
    pub hatched: &'static str,
    /// The lane between them.
    pub between: &'static str,
}

impl Timeline {
    /// The most lanes that are drawn.
    pub const MOST_LANES: usize = 64;

    fn has_hatched(&self) -> bool {
        self.lanes.iter().flat_map(|lane| &lane.boxes).any(|one| one.hatched)
    }
}

/// The most boxes that are drawn in all pictures of a page; a larger file would not be read with
/// pleasure.
const MOST_BOXES: usize = 5000;

/// The same where all boxes of a lane are one path.
const MOST_IN_PATHS: usize = 24_000;

/// From so high on a lane has an element for each box.
const BOXED: f64 = 5.0;

/// From so high on a lane has its name.
const NAMED: f64 = 12.0;

const MARGIN: f64 = 10.0;

/// `timelines` on one axis of time, below each other, as `of` in the whole page. `name` is that of the
/// picture; `tip` is what a box says when it is pointed at, given the numbers of its timeline and lane.
pub fn timelines(
    name: &str,
    timelines: &[Timeline],
    of: usize,
    meaning: Meaning,
    tip: impl Fn(usize, usize, &Joined) -> String,
) -> Drawing {
    let longest = timelines.iter().map(|timeline| timeline.end).fold(0.0, f64::max);
    let height = |timeline: &Timeline| lane_height(timeline.lanes.len(), timelines.len());
    let named = timelines.iter().filter(|timeline| height(timeline) >= NAMED);
    let names =
        named.flat_map(|timeline| &timeline.lanes).map(|lane| text_width(&short(&lane.name)));
    let left = names.map(|width| width + 9.0).fold(MARGIN, f64::max);
    let time = Scale::linear((0.0, longest), (left, WIDTH - MARGIN));

    let mut svg = Svg::default();
    hatch(&mut svg, name);
    let pattern = format!("fill:url(#{name}-hatched)");
    let mut y = 4.0;
    for (number, timeline) in timelines.iter().enumerate() {
        let block = Block { timeline, time: &time, pattern: &pattern, height: height(timeline) };
        y = block.draw(&mut svg, of, y, |lane, one| tip(number, lane, one));
    }
    for tick in time.ticks(6) {
        let x = time.at(tick);
        svg.line("axis", (x, y), (x, y + 4.0));
        let text = time_tick(tick);
        let most = WIDTH - 2.0 - text_width(&text) / 2.0;
        svg.label("soft small mid", x.min(most), y + 17.0, &text);
    }
    svg.line("axis", (left, y), (WIDTH - MARGIN, y));
    let hatched = timelines.iter().any(Timeline::has_hatched);
    let bottom = legend::draw(&mut svg, &keys(meaning, hatched, pattern), y + 22.0);
    Drawing { svg, height: bottom + 6.0 }
}

/// One timeline as it is drawn.
struct Block<'a> {
    timeline: &'a Timeline,
    time: &'a Scale,
    pattern: &'a str,
    /// Of a lane.
    height: f64,
}

impl Block<'_> {
    /// Draws it from `top` downwards; gives where it ends.
    fn draw(
        &self,
        svg: &mut Svg,
        of: usize,
        top: f64,
        tip: impl Fn(usize, &Joined) -> String,
    ) -> f64 {
        let Block { timeline: Timeline { name, summary, end, lanes }, height, .. } = self;
        let (start, end) = (self.time.at(0.0), self.time.at(*end));
        svg.tag("g").is("class", "series").is("data-series", name).open();
        svg.label("strong", MARGIN, top + 14.0, name);
        let after = MARGIN + text_width(name) * 1.12 + 10.0;
        svg.label("soft small", after, top + 14.0, summary);
        let mut y = top + 20.0;
        for (number, (lane, boxes)) in lanes.iter().zip(self.boxes(of)).enumerate() {
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
    fn boxes(&self, of: usize) -> Vec<Vec<Joined>> {
        let most = if self.height < BOXED { MOST_IN_PATHS } else { MOST_BOXES } / of.max(1);
        let mut narrow = 0.5;
        loop {
            let lanes = self.timeline.lanes.iter().take(Timeline::MOST_LANES);
            let boxes: Vec<Vec<Joined>> =
                lanes.map(|lane| joined(&lane.boxes, self.time, narrow)).collect();
            if boxes.iter().flatten().count() <= most || narrow > WIDTH {
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
fn lane_height(lanes: usize, timelines: usize) -> f64 {
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
fn short(name: &str) -> String {
    name.chars().take(10).collect()
}

fn keys(meaning: Meaning, hatched: bool, pattern: String) -> Vec<Key> {
    let key = |name: &str, sample| Key { name: name.to_owned(), sample };
    let mut keys =
        vec![key(meaning.plain, Sample::Box("plain")), key(meaning.between, Sample::Box("lane"))];
    if hatched {
        keys.insert(1, key(meaning.hatched, Sample::Styled("hatched", pattern)));
    }
    keys
}

/// The pattern of the second kind, told from the first by more than colour.
fn hatch(svg: &mut Svg, name: &str) {
    svg.tag("pattern")
        .is("id", &format!("{name}-hatched"))
        .is("width", "5")
        .is("height", "5")
        .is("patternUnits", "userSpaceOnUse")
        .is("patternTransform", "rotate(45)")
        .open();
    svg.tag("rect").is("class", "hatched").is("width", "5").is("height", "5").leaf();
    svg.line("hatch", (0.0, 0.0), (0.0, 5.0));
    svg.close();
}
