//! Where the time of each audited run went: bars whose parts add up to the wall time.

use shared::report::units;

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
        low: 0.0,
        high: timelines.iter().map(|timeline| timeline.shares.wall()).fold(0.0, f64::max),
        log: false,
        write: words::time_tick,
        spare: 0.0,
        title: "time of the mean worker".into(),
    };
    let scale = rows.scale();
    let mut svg = Svg::default();
    let bottom = rows.draw(&mut svg, |svg, number, middle| {
        let shares = &timelines[number].shares;
        let mut before = 0.0;
        for (class, (part, seconds)) in PARTS.iter().zip(shares.parts()) {
            let (from, to) = (scale.at(before), scale.at(before + seconds));
            before += seconds;
            let share = units::percent(seconds / shares.wall());
            let tip =
                format!("{}, {part}: {} ({share})", rows.names[number], units::seconds(seconds));
            let bar = svg.tag("rect").is("class", class).is("data-tip", &tip);
            bar.at("x", from)
                .at("y", middle - 8.0)
                .at("width", to - from)
                .at("height", 16.0)
                .leaf();
        }
    });
    let names = timelines.first().map(|timeline| timeline.shares.parts());
    let keys = names.into_iter().flatten().zip(PARTS);
    let keys: Vec<Key> = keys
        .map(|((name, _), class)| Key { name: name.into(), sample: Sample::Box(class) })
        .collect();
    let bottom = legend::draw(&mut svg, &keys, bottom + 4.0);
    (svg, bottom + 4.0)
}

fn reading(timelines: &[&Timeline]) -> Vec<String> {
    let idle = |timeline: &Timeline| 1.0 - timeline.shares.summing / timeline.shares.wall();
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
    vec![
        format!(
            "In {} the mean worker did not sum for {} of the time, most of it in {}; in {} for {}.",
            words::short(&worst.strategy),
            units::percent(idle(worst)),
            most(worst),
            words::short(&best.strategy),
            units::percent(idle(best)),
        ),
        "Imbalance is the time in which a worker was done and another was not: work stealing is there \
         to fill it."
            .to_owned(),
    ]
}

fn table(timelines: &[&Timeline]) -> Table {
    let columns =
        ["strategy", "starting", "summing", "waiting", "imbalance", "combining", "wall time"];
    let mut table = Table::with_columns(&columns);
    for timeline in timelines {
        let parts = timeline.shares.parts().map(|(_, seconds)| units::seconds(seconds));
        let mut row = vec![words::short(&timeline.strategy)];
        row.extend(parts);
        row.push(units::seconds(timeline.shares.wall()));
        table.rows.push(row);
    }
    table
}
