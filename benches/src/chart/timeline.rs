//! Who worked when: a lane per worker, a box per range.

use units;

use super::curves;
use super::document::{Caption, WIDTH, text_width};
use super::lanes::{self, Run};
use super::legend::{self, Key, Sample};
use super::scale::Scale;
use super::svg::{Svg, Tag};
use super::words;
use super::{Chart, Section, Table};
use crate::results::{Lane, Results, Timeline};

/// `timeline-<kernel>`, kernel by kernel.
pub(super) fn timelines(results: &Results) -> Vec<Chart> {
    let all = || results.timelines.iter().filter(|timeline| lanes::drawable(timeline));
    let kernels = curves::in_reading_order(all().map(|timeline| timeline.kernel.as_str()));
    let chart = |(kernel, slug): (&str, String)| {
        let mine: Vec<&Timeline> = all().filter(|timeline| timeline.kernel == kernel).collect();
        let (drawing, height) = drawn(&mine, &format!("timeline-{slug}"), all().count());
        let caption = Caption {
            name: format!("timeline-{slug}"),
            section: Section::Work,
            title: format!("{}: who worked when", words::short(kernel)),
            reading: reading(&mine),
            table: table(&mine),
        };
        caption.with(drawing, height)
    };
    words::with_slugs(&kernels).into_iter().map(chart).collect()
}

/// The most lanes of a strategy that are drawn.
pub(super) const MOST_LANES: usize = 64;

/// The most boxes that are drawn in all; a larger file would not be read with pleasure. Each timeline
/// has the same part of them.
const MOST_BOXES: usize = 5000;

/// The same where all boxes of a lane are one path: there are as many lanes that they are too low to
/// be pointed at, box by box.
const MOST_IN_PATHS: usize = 24_000;

/// From so high on a lane has a box for each run.
const BOXED: f64 = 5.0;

const MARGIN: f64 = 10.0;

/// The timelines of one kernel, out of `of` in the whole report.
fn drawn(timelines: &[&Timeline], name: &str, of: usize) -> (Svg, f64) {
    let longest = timelines.iter().map(|timeline| timeline.wall).fold(0.0, f64::max);
    let named = timelines.iter().any(|timeline| lane_height(timeline) >= 12.0);
    let left = if named { 64.0 } else { MARGIN };
    let time = Scale::linear((0.0, longest), (left, WIDTH - MARGIN));

    let mut svg = Svg::default();
    hatch(&mut svg, name);
    let stolen = format!("fill:url(#{name}-stolen)");
    let mut y = 4.0;
    for timeline in timelines {
        let runs = runs(timeline, &time, budget(timeline, of));
        y = block(&mut svg, timeline, &runs, &time, &stolen, y);
    }
    for tick in time.ticks(6) {
        let x = time.at(tick);
        svg.line("axis", (x, y), (x, y + 4.0));
        let text = words::time_tick(tick);
        let most = WIDTH - 2.0 - text_width(&text) / 2.0;
        svg.label("soft small mid", x.min(most), y + 17.0, &text);
    }
    svg.line("axis", (left, y), (WIDTH - MARGIN, y));
    let bottom = legend::draw(&mut svg, &keys(timelines, stolen), y + 22.0);
    (svg, bottom + 6.0)
}

/// What is drawn of a timeline: boxes that touch are joined until there are few enough.
fn runs(timeline: &Timeline, time: &Scale, most: usize) -> Vec<Vec<Run>> {
    let mut narrow = 0.5;
    loop {
        let lanes = timeline.lanes.iter().take(MOST_LANES);
        let runs: Vec<Vec<Run>> = lanes.map(|lane| lanes::runs(lane, time, narrow)).collect();
        if runs.iter().flatten().count() <= most || narrow > WIDTH {
            return runs;
        }
        narrow *= 1.5;
    }
}

/// How many boxes `timeline` may have, as one of `of`.
fn budget(timeline: &Timeline, of: usize) -> usize {
    let all = if lane_height(timeline) < BOXED { MOST_IN_PATHS } else { MOST_BOXES };
    all / of.max(1)
}

/// One strategy, from `top` downwards; says where it ends.
fn block(
    svg: &mut Svg,
    timeline: &Timeline,
    runs: &[Vec<Run>],
    time: &Scale,
    stolen: &str,
    top: f64,
) -> f64 {
    let name = words::short(&timeline.strategy);
    let height = lane_height(timeline);
    let (start, end) = (time.at(0.0), time.at(timeline.wall));
    svg.tag("g").is("class", "series").is("data-series", &name).open();
    svg.label("strong", MARGIN, top + 14.0, &name);
    let after = MARGIN + text_width(&name) * 1.12 + 10.0;
    svg.label("soft small", after, top + 14.0, &summary(timeline));
    let mut y = top + 20.0;
    for (lane, runs) in timeline.lanes.iter().zip(runs) {
        if height >= 12.0 {
            let id: String = words::short(&lane.id).chars().take(10).collect();
            svg.label("soft small end", start - 5.0, y + height / 2.0 + 4.0, &id);
        }
        let tag = svg.tag("rect").is("class", "lane").at("x", start).at("y", y);
        tag.at("width", end - start).at("height", height).leaf();
        if height < BOXED {
            paths(svg, timeline, lane, runs, (y, height), stolen);
        }
        for run in runs.iter().filter(|_| height >= BOXED) {
            let tag = painted(svg.tag("rect"), run.stolen, stolen);
            let tag = tag.at("x", run.left).at("y", y).at("width", run.width());
            tag.at("height", height).is("data-tip", &run.tip(&name, &lane.id)).leaf();
        }
        y += height + if height >= 5.0 { 2.0 } else { 1.0 };
    }
    svg.line("over", (end, top + 17.0), (end, y + 1.0));
    svg.close();
    y + 8.0
}

/// The boxes of a low lane: one path of what was its own, and one of what it stole.
fn paths(
    svg: &mut Svg,
    timeline: &Timeline,
    lane: &Lane,
    runs: &[Run],
    (y, height): (f64, f64),
    pattern: &str,
) {
    for stolen in [false, true] {
        let mine = runs.iter().filter(|run| run.stolen == stolen);
        let boxes: Vec<(f64, f64)> = mine.map(|run| (run.left, run.width())).collect();
        if !boxes.is_empty() {
            let tip = lanes::tip(timeline, lane, stolen);
            let tag = painted(svg.tag("path"), stolen, pattern);
            tag.boxes(&boxes, y, height).is("data-tip", &tip).leaf();
        }
    }
}

/// In the colour of what a worker's own work is, or of what it stole.
fn painted<'a>(tag: Tag<'a>, stolen: bool, pattern: &str) -> Tag<'a> {
    if stolen { tag.is("class", "stolen").is("style", pattern) } else { tag.is("class", "own") }
}

/// High enough for its name where there are few.
fn lane_height(timeline: &Timeline) -> f64 {
    match timeline.lanes.len() {
        0..=4 => 14.0,
        5..=8 => 9.0,
        9..=16 => 6.0,
        17..=32 => 4.0,
        _ => 2.5,
    }
}

/// The line beside the name: `48.3 ms, 31 % of it idle, 3 of 40 ranges stolen`.
fn summary(timeline: &Timeline) -> String {
    let idle = units::percent(idle(timeline));
    let mut text = format!("{}, {idle} idle", units::seconds(timeline.wall));
    if lanes::stolen(timeline) > 0 {
        text += &format!(", {} stolen", words::count(lanes::stolen(timeline), "range"));
    }
    if timeline.lanes.len() > MOST_LANES {
        text += &format!("; {MOST_LANES} of {} lanes", timeline.lanes.len());
    }
    text
}

/// The share of the workers' time in which they summed nothing.
fn idle(timeline: &Timeline) -> f64 {
    let busy: f64 = timeline.lanes.iter().map(|lane| lane.busy).sum();
    (1.0 - busy / (timeline.wall * timeline.lanes.len() as f64)).clamp(0.0, 1.0)
}

fn keys(timelines: &[&Timeline], pattern: String) -> Vec<Key> {
    let mut keys = vec![
        Key { name: "summing a range".into(), sample: Sample::Box("own") },
        Key { name: "idle".into(), sample: Sample::Box("lane") },
    ];
    if timelines.iter().any(|timeline| lanes::stolen(timeline) > 0) {
        let sample = Sample::Styled("stolen", pattern);
        keys.insert(1, Key { name: "summing a stolen range".into(), sample });
    }
    keys
}

/// The pattern of what was stolen: told from the rest by more than colour.
fn hatch(svg: &mut Svg, name: &str) {
    svg.tag("pattern")
        .is("id", &format!("{name}-stolen"))
        .is("width", "5")
        .is("height", "5")
        .is("patternUnits", "userSpaceOnUse")
        .is("patternTransform", "rotate(45)")
        .open();
    svg.tag("rect").is("class", "stolen").is("width", "5").is("height", "5").leaf();
    svg.line("hatch", (0.0, 0.0), (0.0, 5.0));
    svg.close();
}

fn reading(timelines: &[&Timeline]) -> Vec<String> {
    let mut ranked: Vec<&&Timeline> = timelines.iter().collect();
    ranked.sort_by(|one, other| one.wall.total_cmp(&other.wall));
    let say = |timeline: &Timeline| {
        let name = words::short(&timeline.strategy);
        let (wall, idle) = (units::seconds(timeline.wall), units::percent(idle(timeline)));
        format!("{name} took {wall}, and its workers were idle for {idle} of it")
    };
    let mut reading = Vec::new();
    if let [best, .., worst] = ranked.as_slice() {
        reading.push(format!("{}; {}.", say(worst), say(best)));
    } else if let Some(only) = ranked.first() {
        reading.push(say(only) + ".");
    }
    let most = timelines.iter().max_by_key(|timeline| lanes::stolen(timeline));
    if let Some(most) = most.filter(|most| lanes::stolen(most) > 0) {
        let ranges: usize = most.lanes.iter().map(|lane| lane.boxes.len()).sum();
        reading.push(format!(
            "A worker that is done takes work from another: in {}, {} of {} were stolen, and the \
             lanes end together.",
            words::short(&most.strategy),
            lanes::stolen(most),
            words::count(ranges, "range")
        ));
    }
    reading
}

fn table(timelines: &[&Timeline]) -> Table {
    let columns =
        ["strategy", "worker", "busy (ms)", "busy (% of the run)", "ranges", "stolen", "wall (ms)"];
    let mut table = Table::with_columns(&columns);
    for timeline in timelines {
        for lane in &timeline.lanes {
            let stolen = lane.boxes.iter().filter(|one| one.stolen).count();
            table.rows.push(vec![
                words::short(&timeline.strategy),
                words::short(&lane.id),
                units::three_digits(lane.busy * 1e3),
                format!("{:.0}", lane.busy / timeline.wall * 100.0),
                lane.boxes.len().to_string(),
                stolen.to_string(),
                units::three_digits(timeline.wall * 1e3),
            ]);
        }
    }
    table
}
