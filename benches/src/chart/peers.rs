//! Our time over that of C and OpenMP: dots around one.

use shared::measure::Interval;

use super::document::Caption;
use super::rows::Rows;
use super::svg::Svg;
use super::words::{self, sound};
use super::{Chart, Section, Table, scale};
use crate::results::{Measured, Question, Results};

/// `peers`.
pub(super) fn peers(results: &Results) -> Option<Chart> {
    let compared = |one| Some((one, sound(Measured::ratio_to_peer(one))?));
    let pairs: Vec<(&Measured, Interval)> =
        results.of(Question::Peers).filter_map(compared).collect();
    let (low, high) = scale::extent(pairs.iter().map(|(_, ratio)| ratio.median))?;
    // Both sides of one are to be seen, at least a fifth of it.
    let rows = Rows {
        names: pairs.iter().map(|(one, _)| name(one)).collect(),
        low: (low / 1.1).min(0.8),
        high: (high * 1.1).max(1.25),
        log: true,
        write: words::tick,
        spare: 6.0,
        title: "our time over theirs; below 1 ours is faster".into(),
    };
    let axis = rows.scale();
    let mut svg = Svg::default();
    let bottom = rows.draw(&mut svg, |svg, number, middle| {
        let ratio = &pairs[number].1;
        if number == 0 {
            let end = 6.0 + 24.0 * pairs.len() as f64;
            svg.line("even", (axis.at(1.0), 4.0), (axis.at(1.0), end));
        }
        svg.tag("g").is("class", "c0").open();
        if let (Some(low), Some(high)) = (ratio.low, ratio.high) {
            svg.line("whisker", (axis.at(low), middle), (axis.at(high), middle));
        }
        let tip = format!("{}: {}", rows.names[number], words::ratio(ratio));
        let dot = svg.tag("circle").is("class", "dot").is("data-tip", &tip);
        dot.at("cx", axis.at(ratio.median)).at("cy", middle).at("r", 4.5).leaf();
        svg.close();
    });
    let mut table = Table::with_columns(&["kernel", "ours", "theirs", "workers", "ours / theirs"]);
    for (one, ratio) in &pairs {
        let ours = one.peer.as_ref().map(|peer| words::short(&peer.strategy)).unwrap_or_default();
        table.rows.push(vec![
            words::short(&one.kernel),
            ours,
            words::short(&one.strategy),
            one.workers.to_string(),
            words::ratio(ratio),
        ]);
    }
    let caption = Caption {
        name: "peers".into(),
        section: Section::Peers,
        title: "Our time over that of C and OpenMP".into(),
        reading: reading(&pairs),
        table,
    };
    Some(caption.with(svg, bottom))
}

fn name(one: &Measured) -> String {
    let ours = one.peer.as_ref().map(|peer| words::short(&peer.strategy)).unwrap_or_default();
    format!("{}: {ours} / {}", words::short(&one.kernel), words::short(&one.strategy))
}

fn reading(pairs: &[(&Measured, Interval)]) -> Vec<String> {
    let order = |one: &&(&Measured, Interval), other: &&(&Measured, Interval)| {
        one.1.median.total_cmp(&other.1.median)
    };
    let (Some((best, low)), Some((worst, high))) =
        (pairs.iter().min_by(order), pairs.iter().max_by(order))
    else {
        return Vec::new();
    };
    vec![
        format!(
            "The ratio lies between {} ({}) and {} ({}).",
            words::ratio(low),
            name(best),
            words::ratio(high),
            name(worst)
        ),
        "Both sides took turns, pass by pass, so both saw the same machine.".to_owned(),
    ]
}
