//! Bars in parts, on an axis that all rows share.

use crate::legend::{self, Key, Sample};
use crate::picture::{COLUMN, Drawing};
use crate::rows::Rows;
use crate::svg::Svg;

/// Above the first row.
const TOP: f64 = 6.0;

/// Room behind a bar for its value.
const VALUE: f64 = 62.0;

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
        width: COLUMN,
        air: 0.0,
    };
    let axis = rows.scale();
    let Drawing { mut svg, height } = rows.drawn(Svg::of_width(COLUMN), |svg, number, middle| {
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
