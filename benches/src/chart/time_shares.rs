//! Where the time of each audited run went: bars whose parts add up to the wall time.

use draw::{Drawing, Stack, time_tick};
use units::{percent, seconds};

use super::caption::Caption;
use super::timeline::by_kernel;
use super::words::SHOWABLE;
use super::{Chart, Section, Table};
use crate::results::{Results, Timeline};
use crate::text::short;

/// `time-<kernel>`, kernel by kernel.
pub(super) fn time_shares(results: &Results) -> Vec<Chart> {
    let charts = by_kernel(results, has_shares).into_iter().map(|(kernel, slug, mine)| {
        let caption = Caption {
            name: format!("time-{slug}"),
            section: Section::Work,
            title: finding(kernel, &mine),
            subtitle: "where the time of the mean worker went; a stroke ends the whole run".into(),
            reading: reading(&mine),
            table: table(&mine),
        };
        caption.with(drawn(&mine))
    });
    charts.collect()
}

/// Whether the parts are times at all: a file may hold anything.
fn has_shares(timeline: &Timeline) -> bool {
    let time = |seconds: f64| seconds == 0.0 || SHOWABLE.contains(&seconds);
    timeline.shares.parts().iter().all(|(_, seconds)| time(*seconds))
        && SHOWABLE.contains(&timeline.shares.wall())
}

fn drawn(timelines: &[&Timeline]) -> Drawing {
    let stack = |timeline: &&Timeline| {
        let name = short(&timeline.strategy);
        let part = |(part, time): (&str, f64)| {
            let share = percent(time / timeline.wall);
            (time, format!("{name}, {part}: {} ({share})", seconds(time)))
        };
        let parts = timeline.shares.parts().map(part).into();
        Stack { name: name.clone(), parts, end: timeline.wall, text: seconds(timeline.wall) }
    };
    let stacks: Vec<Stack> = timelines.iter().map(stack).collect();
    let names = timelines.first().map(|timeline| timeline.shares.parts().map(|(name, _)| name));
    let names = names.as_ref().map_or(&[][..], |names| names);
    draw::stacks(&stacks, names, time_tick, "")
}

/// By how much the parts of a run may miss its wall time, as a share: a worker's last note may lie a
/// moment after the wall time was read.
const NEAR: f64 = 0.02;

/// The shares of the time in which workers summed, the least and the most.
fn finding(kernel: &str, timelines: &[&Timeline]) -> String {
    let summing = |one: &Timeline| (one.shares.summing / one.wall).clamp(0.0, 1.0);
    let by_share = |one: &&&Timeline, other: &&&Timeline| summing(one).total_cmp(&summing(other));
    let ends = (timelines.iter().min_by(by_share), timelines.iter().max_by(by_share));
    let sums = |one: &Timeline| (short(&one.strategy), percent(summing(one)));
    match ends {
        (Some(least), Some(most)) if timelines.len() > 1 => {
            let ((bad, little), (good, much)) = (sums(least), sums(most));
            format!("{}: {bad} sums for {little} of its time, {good} for {much}", short(kernel))
        }
        _ => format!("{}: where the time of a worker went", short(kernel)),
    }
}

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
    let name =
        |timeline: &Timeline| format!("{} ({})", short(&timeline.strategy), seconds(timeline.wall));
    let mut sentences = vec![format!(
        "In {} the mean worker did not sum for {} of the time, most of it in {}",
        name(worst),
        percent(idle(worst)),
        most(worst)
    )];
    if timelines.len() > 1 {
        sentences[0] += &format!("; in {} for {}", name(best), percent(idle(best)));
    }
    sentences[0].push('.');
    sentences.push(
        "Imbalance is the time in which a worker was done and another was not: work stealing is there \
         to fill it."
            .to_owned(),
    );
    let off = timelines.iter().filter(|one| (one.shares.wall() / one.wall - 1.0).abs() > NEAR);
    sentences.extend(off.map(|one| {
        let parts = seconds(one.shares.wall());
        format!("The parts of {} add up to {parts}: do not trust them.", name(one))
    }));
    sentences
}

fn table(timelines: &[&Timeline]) -> Table {
    let columns =
        ["strategy", "starting", "summing", "waiting", "imbalance", "combining", "wall time"];
    let row = |timeline: &&Timeline| {
        let mut row = vec![short(&timeline.strategy)];
        row.extend(timeline.shares.parts().map(|(_, part)| seconds(part)));
        row.push(seconds(timeline.wall));
        row
    };
    Table::new(&columns, timelines.iter().map(row))
}
