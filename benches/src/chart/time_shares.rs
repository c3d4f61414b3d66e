//! Where the time of each audited run went: bars whose parts add up to the wall time.

use units;

use super::bars;
use super::curves;
use super::document::Caption;
use super::lanes;
use super::legend::{self, Key, Sample};
use super::rows::Rows;
use super::svg::Svg;
use super::words::{self, SHOWABLE};
use super::{Chart, Section, Table};
use crate::results::{Results, Timeline};

/// The class of each part, in the order of `TimeShares::parts`.
const PARTS: [&str; 5] = ["p0", "p1", "p2", "p3", "p4"];

/// `time-<kernel>`, kernel by kernel.
pub(super) fn time_shares(results: &Results) -> Vec<Chart> {
    let all =
        || results.timelines.iter().filter(|timeline| lanes::drawable(timeline) && told(timeline));
    let kernels = curves::in_reading_order(all().map(|timeline| timeline.kernel.as_str()));
    let chart = |(kernel, slug): (&str, String)| {
        let mine: Vec<&Timeline> = all().filter(|timeline| timeline.kernel == kernel).collect();
        let (drawing, height) = drawn(&mine);
        let caption = Caption {
            name: format!("time-{slug}"),
            section: Section::Work,
            title: format!("{}: where the time of a worker went", words::short(kernel)),
            reading: reading(&mine),
            table: table(&mine),
        };
        caption.with(drawing, height)
    };
    words::with_slugs(&kernels).into_iter().map(chart).collect()
}

/// Whether the parts are times at all: a file may say anything.
fn told(timeline: &Timeline) -> bool {
    let time = |seconds: f64| seconds == 0.0 || SHOWABLE.contains(&seconds);
    timeline.shares.parts().iter().all(|(_, seconds)| time(*seconds))
        && SHOWABLE.contains(&timeline.shares.wall())
}

fn drawn(timelines: &[&Timeline]) -> (Svg, f64) {
    let rows = Rows {
        names: timelines.iter().map(|timeline| words::short(&timeline.strategy)).collect(),
        top: bars::TOP,
        low: 0.0,
        high: timelines.iter().map(|one| one.wall.max(one.shares.wall())).fold(0.0, f64::max),
        log: false,
        write: words::time_tick,
        spare: bars::TIME,
        title: "time of the mean worker, and of the whole run".into(),
    };
    let scale = rows.scale();
    let mut svg = Svg::default();
    let bottom = rows.draw(&mut svg, |svg, number, middle| {
        let Timeline { shares, wall, .. } = timelines[number];
        let mut before = 0.0;
        for (class, (part, seconds)) in PARTS.iter().zip(shares.parts()) {
            let places = (scale.at(before), scale.at(before + seconds));
            before += seconds;
            let share = units::percent(seconds / wall);
            let tip =
                format!("{}, {part}: {} ({share})", rows.names[number], units::seconds(seconds));
            bars::bar(svg, class, &tip, places, middle);
        }
        let end = scale.at(*wall);
        svg.line("over", (end, middle - 10.0), (end, middle + 10.0));
        let text = units::seconds(*wall);
        svg.label("small over-lines", end.max(scale.at(before)) + 5.0, middle + 4.0, &text);
    });
    let names = timelines.first().map(|timeline| timeline.shares.parts());
    let keys = names.into_iter().flatten().zip(PARTS);
    let keys: Vec<Key> = keys
        .map(|((name, _), class)| Key { name: name.into(), sample: Sample::Box(class) })
        .collect();
    let bottom = legend::draw(&mut svg, &keys, bottom + 4.0);
    (svg, bottom + 4.0)
}

/// By how much the parts of a run may miss its wall time, as a share: a worker's last note may lie a
/// moment after the wall time was read.
const NEAR: f64 = 0.02;

fn reading(timelines: &[&Timeline]) -> Vec<String> {
    let idle = |timeline: &Timeline| (1.0 - timeline.shares.summing / timeline.wall).max(0.0);
    let by_idle = |one: &&&Timeline, other: &&&Timeline| idle(one).total_cmp(&idle(other));
    let (Some(best), Some(worst)) =
        (timelines.iter().min_by(by_idle), timelines.iter().max_by(by_idle))
    else {
        return Vec::new();
    };
    let most = |timeline: &Timeline| {
        let parts = timeline.shares.parts();
        let others = parts.into_iter().filter(|(name, _)| *name != "summing");
        others.max_by(|one, other| one.1.total_cmp(&other.1)).map_or("waiting", |(name, _)| name)
    };
    let name = |timeline: &Timeline| {
        format!("{} ({})", words::short(&timeline.strategy), units::seconds(timeline.wall))
    };
    let mut sentences = vec![format!(
        "In {} the mean worker did not sum for {} of the time, most of it in {}",
        name(worst),
        units::percent(idle(worst)),
        most(worst)
    )];
    if timelines.len() > 1 {
        sentences[0] += &format!("; in {} for {}", name(best), units::percent(idle(best)));
    }
    sentences[0].push('.');
    sentences.push(
        "Imbalance is the time in which a worker was done and another was not: work stealing is there \
         to fill it."
            .to_owned(),
    );
    let off = timelines.iter().filter(|one| (one.shares.wall() / one.wall - 1.0).abs() > NEAR);
    sentences.extend(off.map(|one| {
        let parts = units::seconds(one.shares.wall());
        format!("The parts of {} add up to {parts}: do not trust them.", name(one))
    }));
    sentences
}

fn table(timelines: &[&Timeline]) -> Table {
    let columns =
        ["strategy", "starting", "summing", "waiting", "imbalance", "combining", "wall time"];
    let mut table = Table::with_columns(&columns);
    for timeline in timelines {
        let parts = timeline.shares.parts().map(|(_, seconds)| units::seconds(seconds));
        let mut row = vec![words::short(&timeline.strategy)];
        row.extend(parts);
        row.push(units::seconds(timeline.wall));
        table.rows.push(row);
    }
    table
}
