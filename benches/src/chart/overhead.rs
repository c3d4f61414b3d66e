//! What one dispatch costs: bars on a logarithmic axis.

use measure::Interval;
use units;

use super::bars;
use super::document::Caption;
use super::words::{self, sound};
use super::{Chart, Section, Table};
use crate::results::{Measured, Question, Results};

/// `overhead`.
pub(super) fn overhead(results: &Results) -> Option<Chart> {
    let timed = |one| Some((one, sound(Measured::cost_of_dispatch(one))?));
    let mut bars: Vec<(&Measured, Interval)> =
        results.of(Question::Overhead).filter_map(timed).collect();
    bars.sort_by(|(_, one), (_, other)| one.median.total_cmp(&other.median));
    let names = bars.iter().map(|(one, _)| name(one, &bars)).collect();
    let costs: Vec<Interval> = bars.iter().map(|(_, cost)| *cost).collect();
    let (drawing, height) = bars::times(names, &costs, "time of one dispatch")?;
    let mut table = Table::with_columns(&["dispatch", "workers", "time of one", "in one call"]);
    for (one, cost) in &bars {
        table.rows.push(vec![
            words::short(&one.strategy),
            one.workers.to_string(),
            words::time(cost),
            units::grouped(one.dispatches),
        ]);
    }
    let caption = Caption {
        name: "overhead".into(),
        section: Section::Overhead,
        title: "The cost of one dispatch, with nothing to sum".into(),
        reading: reading(&bars),
        table,
    };
    Some(caption.with(drawing, height))
}

/// The name of a bar; with the workers where the same dispatch was measured with several counts.
fn name(one: &Measured, bars: &[(&Measured, Interval)]) -> String {
    let alike = bars.iter().filter(|(other, _)| other.strategy == one.strategy).count();
    let name = words::short(&one.strategy);
    if alike > 1 { format!("{name}, {}", words::count(one.workers, "worker")) } else { name }
}

fn reading(bars: &[(&Measured, Interval)]) -> Vec<String> {
    let (Some((cheap, low)), Some((dear, high))) = (bars.first(), bars.last()) else {
        return Vec::new();
    };
    let times = high.median / low.median;
    let with = |one: &Measured, cost: &Interval| {
        let (name, workers) = (words::short(&one.strategy), words::count(one.workers, "worker"));
        format!("{name} costs {} with {workers}", units::seconds(cost.median))
    };
    let mut sentences = vec![if bars.len() == 1 {
        with(cheap, low) + "."
    } else {
        format!("{}, {}.", with(cheap, low), with(dear, high))
    }];
    if times >= 10.0 {
        sentences.push(format!(
            "That is {} times as much: what is handed out must be so much larger to be worth it.",
            units::grouped(times.round() as u64)
        ));
    }
    sentences
}
