//! Our time over that of C++ and rayon, sum by sum: dots around one.

use std::cmp::Ordering;

use draw::{COLUMN, Drawing, Rows, Svg, extent, text_width, tick};
use measure::Interval;

use super::caption::Caption;
use super::words::{self, sound};
use super::{Chart, Section, Table};
use crate::beside::{Beside, Best, beside, ours, title};
use crate::figures::side_of_one;
use crate::results::{Measured, Results};
use crate::slugs;
use crate::text::short;

/// What a ratio says on either side of 1.
const OURS: &str = "ours is faster";
const THEIRS: &str = "theirs is faster";

/// `peers-<kernel>-<terms>`, sum by sum; `peers-nothing`.
pub(super) fn peers(results: &Results) -> Vec<Chart> {
    let sums = beside(results);
    let names = slugs::unique(sums.iter().map(|sum| sum.group.as_str()));
    sums.into_iter().zip(names).filter_map(|(sum, name)| chart(sum, name)).collect()
}

fn chart(sum: Beside, name: String) -> Option<Chart> {
    let shown = sum.pairs.iter().filter_map(|(one, ratio)| Some((*one, sound(Some(*ratio))?)));
    let sum = Beside { pairs: shown.collect(), ..sum };
    let drawing = drawn(&sum.pairs)?;
    let time = |interval| sound(interval).map(|time| words::time(&time)).unwrap_or_default();
    let rows = sum.pairs.iter().map(|(one, ratio)| {
        let mine = one.peer.as_ref().and_then(|peer| Interval::of(&peer.seconds));
        vec![
            title(&one.strategy),
            one.workers.to_string(),
            time(one.time()),
            ours(one),
            time(mine),
            words::ratio(ratio),
        ]
    });
    let columns = ["theirs", "workers", "their time", "ours", "our time", "ours / theirs"];
    let kernel = short(sum.kernel);
    let what = match sum.terms {
        0 => kernel,
        terms => format!("{kernel}, {} terms", words::terms(terms)),
    };
    let caption = Caption {
        name,
        section: Section::Peers,
        title: format!("{what}: {}", finding(&sum)),
        subtitle: "our time over theirs, each pair in turn; equal steps are equal ratios".into(),
        reading: reading(&sum),
        table: Table::new(&columns, rows),
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
        title: String::new(),
        width: COLUMN,
        air: 0.0,
    };
    let axis = rows.scale();
    let even = axis.at(1.0);
    let mut svg = Svg::of_width(COLUMN);
    svg.label("soft small end", even - 8.0, 15.0, OURS);
    let right = (even + 8.0).min(COLUMN - 4.0 - text_width(THEIRS));
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

fn name(one: &Measured) -> String {
    format!("{} / {}", ours(one), title(&one.strategy))
}

/// How ours stands beside all ways of others together.
fn finding(sum: &Beside) -> String {
    let on = |side| sum.pairs.iter().filter(|(_, ratio)| side_of_one(ratio) == side).count();
    match (on(Some(Ordering::Less)), on(Some(Ordering::Greater)), sum.pairs.len()) {
        (0, 0, _) => "no difference that can be told".to_owned(),
        (faster, 0, all) => format!("ours is faster in {faster} of {all}"),
        (0, slower, all) => format!("theirs is faster in {slower} of {all}"),
        (faster, slower, _) => format!("ours is faster in {faster}, theirs in {slower}"),
    }
}

/// Only what exceeds the noise: a pair whose interval holds 1 is on neither side.
fn reading(sum: &Beside) -> Vec<String> {
    let on = |side| sum.pairs.iter().filter(|(_, ratio)| side_of_one(ratio) == side).count();
    let all = sum.pairs.len();
    let sides = [
        ("Ours is faster", on(Some(Ordering::Less))),
        ("Theirs is faster", on(Some(Ordering::Greater))),
    ];
    let told = sides.into_iter().filter(|(_, count)| *count > 0);
    let told = told.map(|(side, count)| format!("{side} in {count} of {all}."));
    let equal = on(None);
    let untold = (equal > 0).then(|| {
        format!(
            "{equal} of {all} cannot be told apart: the interval holds 1, or there are too few samples."
        )
    });
    let best = sum.best_of_cpp().and_then(|best| against(&best));
    let nothing = (sum.terms == 0).then(|| {
        "As many terms as workers, and nothing in any of them: what is left is the cost of one parallel call. The \
         static ways start every worker; the dynamic ones offer terms, and the caller may take all of them itself."
            .to_owned()
    });
    // The title has the sides.
    let mut reading: Vec<String> = nothing.into_iter().chain(best).chain(untold).collect();
    if reading.is_empty() {
        reading.extend(told);
    }
    reading
}

/// What ours takes beside the best of C++, where that can be told.
fn against(best: &Best) -> Option<String> {
    let (mine, names) = (ours(best.way), &best.names);
    Some(match best.side()? {
        Ordering::Equal => format!("Ours ({mine}) is level with the best of C++ ({names})."),
        _ => format!(
            "Ours ({mine}) takes {} times as long as the best of C++ ({names}).",
            words::ratio(&best.ratio)
        ),
    })
}
