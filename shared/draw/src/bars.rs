//! Bars on an axis that all rows share.

use crate::legend::{self, Key, Sample};
use crate::picture::Drawing;
use crate::rows::Rows;
use crate::scale::extent;
use crate::svg::Svg;

/// Above the first row.
const TOP: f64 = 6.0;

/// Room behind a bar for its value.
const VALUE: f64 = 62.0;

/// A bar.
#[derive(Debug, Clone)]
pub struct Bar {
    /// Its name.
    pub name: String,
    /// Where it ends.
    pub value: f64,
    /// From where to where its interval reaches.
    pub bounds: Option<(f64, f64)>,
    /// What it says when it is pointed at.
    pub tip: String,
    /// What stands behind it.
    pub text: String,
    /// Whether only its outline is drawn: that of a bar which is not to be compared with the others.
    pub hollow: bool,
}

/// A bar in parts.
#[derive(Debug, Clone)]
pub struct Stack {
    /// Its name.
    pub name: String,
    /// The length of each part, and what it says when it is pointed at.
    pub parts: Vec<(f64, String)>,
    /// Where a stroke ends the bar: what the parts should add up to.
    pub end: f64,
    /// What stands behind it.
    pub text: String,
}

/// Bars on a logarithmic axis, of which `what` says what it shows. `None` where there is no bar.
pub fn bars(bars: &[Bar], write: fn(f64) -> String, what: &str) -> Option<Drawing> {
    let reach = |bar: &Bar| {
        let (low, high) = bar.bounds.unwrap_or((bar.value, bar.value));
        [low, bar.value, high]
    };
    let (low, high) = extent(bars.iter().flat_map(reach))?;
    let rows = Rows {
        names: bars.iter().map(|bar| bar.name.clone()).collect(),
        top: TOP,
        low: low / 2.0,
        high: high * 1.2,
        log: true,
        write,
        spare: VALUE,
        title: format!("{what}, equal steps are equal ratios"),
    };
    let axis = rows.scale();
    Some(rows.drawn(Svg::default(), |svg, number, middle| {
        let Bar { value, bounds, tip, text, hollow, .. } = &bars[number];
        let (start, mut end) = (axis.at(rows.low), axis.at(*value));
        svg.tag("g").is("class", "c0").open();
        let class = if *hollow { "hollow" } else { "bar" };
        bar(svg, class, tip, (start, end), middle);
        svg.close();
        if let Some((low, high)) = *bounds {
            svg.line("over", (axis.at(low), middle), (axis.at(high), middle));
            end = end.max(axis.at(high));
        }
        svg.label("small over-lines", end + 5.0, middle + 4.0, text);
    }))
}

/// Bars whose parts have the names `parts`, at most five, on a linear axis.
pub fn stacks(stacks: &[Stack], parts: &[&str], write: fn(f64) -> String, what: &str) -> Drawing {
    let whole = |stack: &Stack| stack.parts.iter().map(|(length, _)| length).sum::<f64>();
    let rows = Rows {
        names: stacks.iter().map(|stack| stack.name.clone()).collect(),
        top: TOP,
        low: 0.0,
        high: stacks.iter().map(|stack| stack.end.max(whole(stack))).fold(0.0, f64::max),
        log: false,
        write,
        spare: VALUE,
        title: what.to_owned(),
    };
    let axis = rows.scale();
    let Drawing { mut svg, height } = rows.drawn(Svg::default(), |svg, number, middle| {
        let Stack { parts, end, text, .. } = &stacks[number];
        let mut before = 0.0;
        for (class, (length, tip)) in PARTS.iter().zip(parts) {
            bar(svg, class, tip, (axis.at(before), axis.at(before + length)), middle);
            before += length;
        }
        let end = axis.at(*end);
        svg.line("over", (end, middle - 10.0), (end, middle + 10.0));
        svg.label("small over-lines", end.max(axis.at(before)) + 5.0, middle + 4.0, text);
    });
    let key = |(name, class): (&&str, &'static str)| Key {
        name: (*name).to_owned(),
        sample: Sample::Box(class),
    };
    let keys: Vec<Key> = parts.iter().zip(PARTS).map(key).collect();
    let bottom = legend::draw(&mut svg, &keys, height + 4.0);
    Drawing { svg, height: bottom + 4.0 }
}

/// The classes of the parts.
const PARTS: [&str; 5] = ["p0", "p1", "p2", "p3", "p4"];

/// A bar, or a part of one, in the row around `middle`.
fn bar(svg: &mut Svg, class: &str, tip: &str, (from, to): (f64, f64), middle: f64) {
    let bar = svg.tag("rect").is("class", class).is("data-tip", tip).at("x", from);
    bar.at("y", middle - 7.0).at("width", to - from).at("height", 14.0).leaf();
}
