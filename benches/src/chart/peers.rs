//! Our time over that of C and OpenMP: dots around one.

use std::cmp::Ordering;

use draw::{Drawing, Rows, Svg, WIDTH, extent, text_width, tick};
use measure::Interval;

use super::caption::Caption;
use super::words::{self, sound};
use super::{Chart, Section, Table};
use crate::figures::side_of_one;
use crate::results::{Measured, Question, Results};
use crate::text::short;

/// What a ratio says on either side of 1.
const OURS: &str = "ours is faster";
const THEIRS: &str = "theirs is faster";

/// `peers`.
pub(super) fn peers(results: &Results) -> Option<Chart> {
    let compared = |one| Some((one, sound(Measured::ratio_to_peer(one))?));
    let pairs: Vec<(&Measured, Interval)> =
        results.of(Question::Peers).filter_map(compared).collect();
    let drawing = drawn(&pairs)?;
    let rows = pairs.iter().map(|(one, ratio)| {
        let (theirs, workers) = (short(&one.strategy), one.workers.to_string());
        vec![short(&one.kernel), ours(one), theirs, workers, words::ratio(ratio)]
    });
    let table = Table::new(&["kernel", "ours", "theirs", "workers", "ours / theirs"], rows);
    let caption = Caption {
        name: "peers".into(),
        section: Section::Peers,
        title: "Our time over that of C and OpenMP".into(),
        reading: reading(&pairs),
        table,
    };
    Some(caption.with(drawing))
}

fn drawn(pairs: &[(&Measured, Interval)]) -> Option<Drawing> {
    let ends = |ratio: &Interval| [Some(ratio.median), ratio.low, ratio.high];
    let (low, high) = extent(pairs.iter().flat_map(|(_, ratio)| ends(ratio)).flatten())?;
    // One in the middle, and at least a fifth of it to either side.
    let farthest = (high * 1.1).max(1.1 / low).max(1.25);
    let rows = Rows {
        names: pairs.iter().map(|(one, _)| name(one)).collect(),
        top: 24.0,
        low: 1.0 / farthest,
        high: farthest,
        log: true,
        write: tick,
        spare: 6.0,
        title: "our time over theirs, equal steps are equal ratios".into(),
    };
    let axis = rows.scale();
    let even = axis.at(1.0);
    let mut svg = Svg::default();
    svg.label("soft small end", even - 8.0, 15.0, OURS);
    let right = (even + 8.0).min(WIDTH - 4.0 - text_width(THEIRS));
    svg.label("soft small", right, 15.0, THEIRS);
    Some(rows.drawn(svg, |svg, number, middle| {
        let ratio = &pairs[number].1;
        if number == 0 {
            svg.line("even", (even, 4.0), (even, rows.bottom()));
        }
        svg.tag("g").is("class", "c0").open();
        if let (Some(low), Some(high)) = (ratio.low, ratio.high) {
            svg.line("whisker", (axis.at(low), middle), (axis.at(high), middle));
        }
        let tip = format!("{}: {}", rows.names[number], words::ratio(ratio));
        let dot = svg.tag("circle").is("class", "dot").is("data-tip", &tip);
        dot.at("cx", axis.at(ratio.median)).at("cy", middle).at("r", 4.5).leaf();
        svg.close();
    }))
}

fn ours(one: &Measured) -> String {
    one.peer.as_ref().map(|peer| short(&peer.strategy)).unwrap_or_default()
}

fn name(one: &Measured) -> String {
    format!("{}: {} / {}", short(&one.kernel), ours(one), short(&one.strategy))
}

/// Only what exceeds the noise: a pair whose interval holds 1 is not called an extreme.
fn reading(pairs: &[(&Measured, Interval)]) -> Vec<String> {
    let on = |side| {
        let mut pairs: Vec<&(&Measured, Interval)> =
            pairs.iter().filter(|(_, ratio)| side_of_one(ratio) == side).collect();
        pairs.sort_by(|one, other| one.1.median.total_cmp(&other.1.median));
        pairs
    };
    let all = pairs.len();
    let (ours, theirs) = (on(Some(Ordering::Less)), on(Some(Ordering::Greater)));
    let sides = [("Ours", ours.len(), ours.first()), ("Theirs", theirs.len(), theirs.last())];
    let mut sentences: Vec<String> = sides
        .into_iter()
        .filter_map(|(side, count, extreme)| {
            let (one, ratio) = extreme?;
            Some(format!(
                "{side} is faster in {count} of {all}, most of all in {}: our time is {} of theirs.",
                name(one),
                words::ratio(ratio)
            ))
        })
        .collect();
    let equal = on(None).len();
    if equal > 0 {
        sentences.push(format!(
            "{equal} of {all} cannot be told apart: the interval holds 1, or there are too few samples."
        ));
    }
    sentences.push("Both sides took turns, pass by pass, so both saw the same machine.".to_owned());
    sentences
}
