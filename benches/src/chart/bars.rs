//! Bars on an axis that all rows share.

use measure::Interval;
use units;

use super::rows::Rows;
use super::scale;
use super::svg::Svg;
use super::words;

/// Above the first row, where nothing stands there.
pub(super) const TOP: f64 = 6.0;

/// Room behind a bar for its time.
pub(super) const TIME: f64 = 62.0;

/// Times on a logarithmic axis: a bar, its interval and its time in each row. Says how high the
/// drawing is; `None` where there is no bar.
pub(super) fn times(names: Vec<String>, times: &[Interval], what: &str) -> Option<(Svg, f64)> {
    let (low, high) = scale::reach(times)?;
    let rows = Rows {
        names,
        top: TOP,
        low: low / 2.0,
        high: high * 1.2,
        log: true,
        write: words::time_tick,
        spare: TIME,
        title: format!("{what}, equal steps are equal ratios"),
    };
    let axis = rows.scale();
    let mut svg = Svg::default();
    let bottom = rows.draw(&mut svg, |svg, number, middle| {
        let time = &times[number];
        let (start, mut end) = (axis.at(rows.low), axis.at(time.median));
        let tip = format!("{}: {}", rows.names[number], words::time(time));
        svg.tag("g").is("class", "c0").open();
        bar(svg, "bar", &tip, (start, end), middle);
        svg.close();
        if let (Some(low), Some(high)) = (time.low, time.high) {
            svg.line("over", (axis.at(low), middle), (axis.at(high), middle));
            end = end.max(axis.at(high));
        }
        svg.label("small over-lines", end + 5.0, middle + 4.0, &units::seconds(time.median));
    });
    Some((svg, bottom))
}

/// A bar, or a part of one, in the row around `middle`.
pub(super) fn bar(svg: &mut Svg, class: &str, tip: &str, (from, to): (f64, f64), middle: f64) {
    let bar = svg.tag("rect").is("class", class).is("data-tip", tip).at("x", from);
    bar.at("y", middle - 7.0).at("width", to - from).at("height", 14.0).leaf();
}
