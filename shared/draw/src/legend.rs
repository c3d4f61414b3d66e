//! The keys under a drawing, in as many rows as they need.

use crate::palette::Look;
use crate::picture::text_width;
use crate::svg::Svg;

/// An entry of the legend.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Key {
    pub(crate) name: String,
    pub(crate) sample: Sample,
}

/// What stands before the name.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Sample {
    /// The line of a series with its marker.
    Series(Look),
    /// A line of this class.
    Line(&'static str),
    /// A box of this class.
    Box(&'static str),
    /// The same with a style, such as a pattern.
    Styled(&'static str, String),
    /// A dot of this class.
    Dot(&'static str),
    /// What a row of dots is measured against: a band with its middle.
    Band,
    /// An upright stroke of this class.
    Stroke(&'static str),
}

const ROW: f64 = 19.0;
const SAMPLE: f64 = 26.0;
const GAP: f64 = 14.0;
const MARGIN: f64 = 10.0;

/// Draws the keys from `top` downwards; says where they end.
pub(crate) fn draw(svg: &mut Svg, keys: &[Key], top: f64) -> f64 {
    let (mut x, mut y) = (MARGIN, top + ROW - 5.0);
    if keys.is_empty() {
        return top;
    }
    for key in keys {
        let width = SAMPLE + text_width(&key.name);
        if x > MARGIN && x + width > svg.width() - MARGIN {
            (x, y) = (MARGIN, y + ROW);
        }
        sample(svg, key, x, y - 4.5);
        svg.label("", x + SAMPLE, y, &key.name);
        svg.close();
        x += width + GAP;
    }
    y + 5.0
}

/// Opens the group of `key` and draws its sample, `middle` high.
fn sample(svg: &mut Svg, key: &Key, x: f64, middle: f64) {
    let line = ((x, middle), (x + 20.0, middle));
    match &key.sample {
        Sample::Series(look) => {
            let class = format!("key {}", look.class());
            svg.tag("g").is("class", &class).is("data-series", &key.name).open();
            svg.line("run", line.0, line.1);
            look.marker(svg, x + 10.0, middle, false).leaf();
        }
        Sample::Line(class) => {
            svg.tag("g").is("class", "key").open();
            svg.line(class, line.0, line.1);
        }
        Sample::Box(class) => {
            svg.tag("g").is("class", "key").open();
            let tag = svg.tag("rect").is("class", class).at("x", x).at("y", middle - 5.5);
            tag.at("width", 20.0).at("height", 11.0).leaf();
        }
        Sample::Dot(class) => {
            svg.tag("g").is("class", "key c0").open();
            let dot = svg.tag("circle").is("class", class);
            dot.at("cx", x + 10.0).at("cy", middle).at("r", 4.0).leaf();
        }
        Sample::Band => {
            svg.tag("g").is("class", "key").open();
            let tag = svg.tag("rect").is("class", "band").at("x", x + 3.0).at("y", middle - 6.0);
            tag.at("width", 14.0).at("height", 12.0).leaf();
            svg.line("band-middle", (x + 10.0, middle - 6.0), (x + 10.0, middle + 6.0));
        }
        Sample::Stroke(class) => {
            svg.tag("g").is("class", "key").open();
            svg.line(class, (x + 10.0, middle - 6.0), (x + 10.0, middle + 6.0));
        }
        Sample::Styled(class, style) => {
            svg.tag("g").is("class", "key").open();
            let tag = svg.tag("rect").is("class", class).is("style", style).at("x", x);
            tag.at("y", middle - 5.5).at("width", 20.0).at("height", 11.0).leaf();
        }
    }
}
