//! What one dispatch costs: bars on a logarithmic axis.

use shared::measure::Interval;
use shared::report::units;

use super::document::Caption;
use super::rows::Rows;
use super::svg::Svg;
use super::words::{self, sound};
use super::{Chart, Section, Table, scale};
use crate::results::{Measured, Question, Results};

/// `overhead`.
pub(super) fn overhead(results: &Results) -> Option<Chart> {
    let timed = |one| Some((one, sound(Measured::cost_of_dispatch(one))?));
    let mut bars: Vec<(&Measured, Interval)> =
        results.of(Question::Overhead).filter_map(timed).collect();
    bars.sort_by(|(_, one), (_, other)| one.median.total_cmp(&other.median));
    let (low, high) = scale::extent(bars.iter().map(|(_, cost)| cost.median))?;
    let rows = Rows {
        names: bars.iter().map(|(one, _)| name(one, &bars)).collect(),
        low: low / 2.0,
        high: high * 1.2,
        log: true,
        write: words::time_tick,
        spare: 62.0,
        title: "time of one dispatch, equal steps are equal ratios".into(),
    };
    let axis = rows.scale();
    let mut svg = Svg::default();
    let bottom = rows.draw(&mut svg, |svg, number, middle| {
        let cost = &bars[number].1;
        let (start, end) = (axis.at(rows.low), axis.at(cost.median));
        svg.tag("g").is("class", "c0").open();
        let tip = format!("{}: {}", rows.names[number], words::time(cost));
        let bar = svg.tag("rect").is("class", "bar").is("data-tip", &tip).at("x", start);
        bar.at("y", middle - 7.0).at("width", end - start).at("height", 14.0).leaf();
        svg.close();
        let mut after = end;
        if let (Some(low), Some(high)) = (cost.low, cost.high) {
            svg.line("over", (axis.at(low), middle), (axis.at(high), middle));
            after = after.max(axis.at(high));
        }
        svg.label("small", after + 5.0, middle + 4.0, &units::seconds(cost.median));
    });
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
    Some(caption.with(svg, bottom))
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
    let mut sentences = vec![format!(
        "{} costs {}, {} costs {}.",
        words::short(&cheap.strategy),
        units::seconds(low.median),
        words::short(&dear.strategy),
        units::seconds(high.median),
    )];
    if times >= 10.0 {
        sentences.push(format!(
            "That is {} times as much: what is handed out must be so much larger to be worth it.",
            units::grouped(times.round() as u64)
        ));
    }
    sentences
}
