//! What one dispatch costs: bars on a logarithmic axis.

use draw::{Bar, bars, time_tick};
use measure::Interval;
use units::{about, count, grouped, seconds};

use super::caption::Caption;
use super::words::{self, sound};
use super::{Chart, Section, Table};
use crate::figures::surely_above;
use crate::results::{Measured, Question, Results};
use crate::text::short;

/// `overhead`.
pub(super) fn overhead(results: &Results) -> Option<Chart> {
    let timed = |one| Some((one, sound(Measured::cost_of_dispatch(one))?));
    let mut costs: Vec<(&Measured, Interval)> =
        results.of(Question::Overhead).filter_map(timed).collect();
    costs.sort_by(|(_, one), (_, other)| one.median.total_cmp(&other.median));
    let named = costs.iter().map(|(one, cost)| bar(name(one, &costs), cost));
    let drawing = bars(&named.collect::<Vec<Bar>>(), time_tick, "time of one dispatch")?;
    let rows = costs.iter().map(|(one, cost)| {
        let (workers, dispatches) = (one.workers.to_string(), grouped(one.dispatches));
        vec![short(&one.strategy), workers, words::time(cost), dispatches]
    });
    let table = Table::new(&["dispatch", "workers", "time of one", "in one call"], rows);
    let caption = Caption {
        name: "overhead".into(),
        section: Section::Overhead,
        title: "The cost of one dispatch, with nothing to sum".into(),
        reading: reading(&costs),
        table,
    };
    Some(caption.with(drawing))
}

/// A bar as long as a time.
pub(super) fn bar(name: String, time: &Interval) -> Bar {
    let tip = format!("{name}: {}", words::time(time));
    let bounds = time.low.zip(time.high);
    Bar { name, value: time.median, bounds, tip, text: seconds(time.median), hollow: false }
}

/// The name of a bar; with the workers where the same dispatch was measured with several counts.
fn name(one: &Measured, costs: &[(&Measured, Interval)]) -> String {
    let alike = costs.iter().filter(|(other, _)| other.strategy == one.strategy).count();
    let name = short(&one.strategy);
    if alike > 1 { format!("{name}, {}", count(one.workers as u64, "worker")) } else { name }
}

fn reading(costs: &[(&Measured, Interval)]) -> Vec<String> {
    let (Some((cheap, low)), Some((dear, high))) = (costs.first(), costs.last()) else {
        return Vec::new();
    };
    let times = high.median / low.median;
    let with = |one: &Measured, cost: &Interval| {
        let (name, workers) = (short(&one.strategy), count(one.workers as u64, "worker"));
        format!("{name} costs {} with {workers}", seconds(cost.median))
    };
    let mut sentences = vec![match costs {
        [_] => with(cheap, low) + ".",
        _ => format!("{}, {}.", with(cheap, low), with(dear, high)),
    }];
    if times >= 10.0 && surely_above(Some(*high), Some(*low)) {
        sentences.push(format!(
            "That is some {} times as much: what is handed out must be so much larger to be worth it.",
            about(times)
        ));
    }
    sentences
}
