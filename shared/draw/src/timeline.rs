//! Who did what when: a lane for each, a box for each thing done.

use crate::block::{Block, MARGIN, NAMED, lane_height, short};
use crate::joined::Joined;
use crate::lane::{Meaning, Timeline};
use crate::legend::{self, Key, Sample};
use crate::picture::{Drawing, text_width};
use crate::scale::Scale;
use crate::svg::Svg;
use crate::ticks::time_tick;

/// `timelines` on one axis of time, below each other, as `of` in the whole page. `name` is that of the
/// picture, `width` its width; `tip` is what a box says when it is pointed at, given the numbers of its timeline
/// and lane.
pub fn timelines(
    (name, width): (&str, f64),
    timelines: &[Timeline],
    of: usize,
    meaning: Meaning,
    tip: impl Fn(usize, usize, &Joined) -> String,
) -> Drawing {
    let longest =
        timelines.iter().map(|timeline| timeline.end.max(timeline.until)).fold(0.0, f64::max);
    let height = |timeline: &Timeline| lane_height(timeline.lanes.len(), timelines.len());
    let named = timelines.iter().filter(|timeline| height(timeline) >= NAMED);
    let names =
        named.flat_map(|timeline| &timeline.lanes).map(|lane| text_width(&short(&lane.name)));
    let left = names.map(|width| width + 9.0).fold(MARGIN, f64::max);
    let time = Scale::linear((0.0, longest), (left, width - MARGIN));

    let mut svg = Svg::of_width(width);
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
        let most = width - 2.0 - text_width(&text) / 2.0;
        svg.label("soft small mid", x.min(most), y + 17.0, &text);
    }
    svg.line("axis", (left, y), (width - MARGIN, y));
    let hatched = timelines.iter().any(Timeline::has_hatched);
    let bottom = legend::draw(&mut svg, &keys(meaning, hatched, pattern), y + 22.0);
    Drawing { svg, height: bottom + 6.0 }
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
