//! Who worked when: a lane per worker, a box per range.

use draw::{Drawing, Joined, Meaning};
use units::{count, grouped, percent, seconds, three_digits};

use super::caption::Caption;
use super::curves::in_reading_order;
use super::words::SHOWABLE;
use super::{Chart, Section, Table};
use crate::results::{Lane, LaneBox, Results, Timeline};
use crate::text::short;

const MEANING: Meaning =
    Meaning { plain: "summing a range", hatched: "summing a stolen range", between: "idle" };

/// `timeline-<kernel>`, kernel by kernel.
pub(super) fn timelines(results: &Results) -> Vec<Chart> {
    let kernels = by_kernel(results, |_| true);
    let all: usize = kernels.iter().map(|(_, _, mine)| mine.len()).sum();
    let charts = kernels.into_iter().map(|(kernel, slug, mine)| {
        let caption = Caption {
            name: format!("timeline-{slug}"),
            section: Section::Work,
            title: finding(kernel, &mine),
            subtitle:
                "who worked when: a lane for each worker, a box for each range that it summed"
                    .into(),
            reading: reading(&mine),
            table: table(&mine),
        };
        let [narrow, wide] = [("", draw::COLUMN), ("-wide", WIDE)].map(|(more, width)| {
            drawn((&format!("{}{more}", caption.name), width), &mine, 2 * all)
        });
        caption.with_both(narrow, wide)
    });
    charts.collect()
}

/// The timelines that can be drawn and are as `wanted`, by kernel, each kernel with its slug.
pub(super) fn by_kernel(
    results: &Results,
    wanted: fn(&Timeline) -> bool,
) -> Vec<(&str, String, Vec<&Timeline>)> {
    let drawable = |timeline: &&Timeline| {
        let any = timeline.lanes.iter().any(|lane| !lane.boxes.is_empty());
        any && SHOWABLE.contains(&timeline.wall) && wanted(timeline)
    };
    let all: Vec<&Timeline> = results.timelines.iter().filter(drawable).collect();
    let kernels = in_reading_order(all.iter().map(|timeline| timeline.kernel.as_str()));
    let of = |(kernel, slug)| {
        let mine = all.iter().copied().filter(|timeline| timeline.kernel == kernel);
        (kernel, slug, mine.collect())
    };
    kernels.into_iter().map(of).collect()
}

/// Where there is room for it.
const WIDE: f64 = 760.0;

fn drawn(picture: (&str, f64), timelines: &[&Timeline], of: usize) -> Drawing {
    let lane = |timeline: &Timeline, lane: &Lane| draw::Lane {
        name: short(&lane.id),
        boxes: lane
            .boxes
            .iter()
            .map(|one| draw::LaneBox { start: one.start, end: one.end, hatched: one.stolen })
            .collect(),
        tips: [false, true].map(|stolen| tip_of_all(timeline, lane, stolen)),
    };
    let timeline = |timeline: &&Timeline| draw::Timeline {
        name: short(&timeline.strategy),
        summary: summary(timeline),
        end: timeline.wall,
        until: 0.0,
        lanes: timeline.lanes.iter().map(|one| lane(timeline, one)).collect(),
    };
    let blocks: Vec<draw::Timeline> = timelines.iter().map(timeline).collect();
    draw::timelines(picture, &blocks, of, MEANING, |number, lane, joined| {
        let timeline = timelines[number];
        tip(&timeline.strategy, &timeline.lanes[lane], joined)
    })
}

/// What a box says of itself: `deques, thread 7: terms 0 to 1,000, stolen, 1.20 ms to 1.30 ms`.
fn tip(strategy: &str, lane: &Lane, joined: &Joined) -> String {
    let kind = if joined.hatched { "stolen range" } else { "range" };
    let ranges = match joined.boxes {
        1 => {
            let LaneBox { lo, hi, stolen, .. } = lane.boxes[joined.first];
            let stolen = if stolen { ", stolen" } else { "" };
            format!("terms {} to {}{stolen}", grouped(lo), grouped(hi))
        }
        several => count(several as u64, kind),
    };
    let (start, end) = (seconds(joined.start), seconds(joined.end));
    format!("{}, {}: {ranges}, {start} to {end}", short(strategy), short(&lane.id))
}

/// What all boxes of a kind in a lane say together:
/// `deques, thread 7: 40 stolen ranges in 1.20 ms`.
fn tip_of_all(timeline: &Timeline, lane: &Lane, stolen: bool) -> String {
    let kind = if stolen { "stolen range" } else { "range" };
    let busy: f64 = of_kind(lane, stolen).map(|one| (one.end - one.start).max(0.0)).sum();
    let ranges = count(of_kind(lane, stolen).count() as u64, kind);
    let (name, id) = (short(&timeline.strategy), short(&lane.id));
    format!("{name}, {id}: {ranges} in {}", seconds(busy))
}

fn of_kind(lane: &Lane, stolen: bool) -> impl Iterator<Item = &LaneBox> {
    lane.boxes.iter().filter(move |one| one.stolen == stolen)
}

/// How many ranges were stolen.
fn stolen(timeline: &Timeline) -> usize {
    timeline.lanes.iter().map(|lane| of_kind(lane, true).count()).sum()
}

/// What stands beside the name: `48.3 ms, 31 % idle, 3 ranges stolen`.
fn summary(timeline: &Timeline) -> String {
    let mut text = format!("{}, {} idle", seconds(timeline.wall), percent(idle(timeline)));
    if stolen(timeline) > 0 {
        text += &format!(", {} stolen", count(stolen(timeline) as u64, "range"));
    }
    if timeline.lanes.len() > draw::Timeline::MOST_LANES {
        text += &format!("; {} of {} lanes", draw::Timeline::MOST_LANES, timeline.lanes.len());
    }
    text
}

/// The share of the workers' time in which they summed nothing.
fn idle(timeline: &Timeline) -> f64 {
    let busy: f64 = timeline.lanes.iter().map(|lane| lane.busy).sum();
    (1.0 - busy / (timeline.wall * timeline.lanes.len() as f64)).clamp(0.0, 1.0)
}

/// Whether all lanes end within a twentieth of the run.
fn ends_together(timeline: &Timeline) -> bool {
    let end = |lane: &Lane| lane.boxes.iter().map(|one| one.end).fold(0.0, f64::max);
    let (first, last) = timeline
        .lanes
        .iter()
        .map(end)
        .fold((f64::INFINITY, 0.0_f64), |(first, last), end| (first.min(end), last.max(end)));
    last - first < 0.05 * timeline.wall
}

/// The most and the least of their time for which workers were idle.
fn finding(kernel: &str, timelines: &[&Timeline]) -> String {
    let by_idle = |one: &&&Timeline, other: &&&Timeline| idle(one).total_cmp(&idle(other));
    let ends = (timelines.iter().max_by(by_idle), timelines.iter().min_by(by_idle));
    let idles = |one: &Timeline| (short(&one.strategy), percent(idle(one)));
    match ends {
        (Some(most), Some(least)) if timelines.len() > 1 => {
            let ((bad, much), (good, little)) = (idles(most), idles(least));
            format!(
                "{}: {bad} leaves its workers idle for {much} of the time, {good} for {little}",
                short(kernel)
            )
        }
        _ => format!("{}: who worked when", short(kernel)),
    }
}

fn reading(timelines: &[&Timeline]) -> Vec<String> {
    let mut ranked: Vec<&&Timeline> = timelines.iter().collect();
    ranked.sort_by(|one, other| one.wall.total_cmp(&other.wall));
    let say = |timeline: &Timeline| {
        let name = short(&timeline.strategy);
        let (wall, idle) = (seconds(timeline.wall), percent(idle(timeline)));
        format!("{name} took {wall}, and its workers were idle for {idle} of it")
    };
    let mut reading = Vec::new();
    if let [best, .., worst] = ranked.as_slice() {
        reading.push(format!("{}; {}.", say(worst), say(best)));
    } else if let Some(only) = ranked.first() {
        reading.push(say(only) + ".");
    }
    let most = timelines.iter().max_by_key(|timeline| stolen(timeline));
    if let Some(most) = most.filter(|most| stolen(most) > 0) {
        let ranges: usize = most.lanes.iter().map(|lane| lane.boxes.len()).sum();
        reading.push(format!(
            "A worker that is done takes work from another: in {}, {} of {} were stolen{}.",
            short(&most.strategy),
            stolen(most),
            count(ranges as u64, "range"),
            if ends_together(most) { ", and the lanes end together" } else { "" }
        ));
    }
    reading
}

fn table(timelines: &[&Timeline]) -> Table {
    let columns =
        ["strategy", "worker", "busy (ms)", "busy (% of the run)", "ranges", "stolen", "wall (ms)"];
    let row = |timeline: &Timeline, lane: &Lane| {
        vec![
            short(&timeline.strategy),
            short(&lane.id),
            three_digits(lane.busy * 1e3),
            format!("{:.0}", lane.busy / timeline.wall * 100.0),
            lane.boxes.len().to_string(),
            of_kind(lane, true).count().to_string(),
            three_digits(timeline.wall * 1e3),
        ]
    };
    let rows = timelines.iter().flat_map(|one| one.lanes.iter().map(|lane| row(one, lane)));
    Table::new(&columns, rows)
}
