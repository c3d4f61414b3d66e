//! Rows with a name to the left, on an axis that all of them share.

use crate::across;
use crate::picture::Drawing;
use crate::picture::{WIDTH, text_width};
use crate::scale::Scale;
use crate::svg::Svg;

const MARGIN: f64 = 10.0;
const ROW: f64 = 24.0;

/// The axis that all rows share.
#[derive(Debug, Clone)]
pub struct Rows {
    /// The name of each row, from top to bottom.
    pub names: Vec<String>,
    /// Left free above the first row.
    pub top: f64,
    /// Where the axis begins.
    pub low: f64,
    /// Where it ends.
    pub high: f64,
    /// Whether equal distances are equal ratios.
    pub log: bool,
    /// How a tick is written.
    pub write: fn(f64) -> String,
    /// Left free at the right end, for what stands behind a bar.
    pub spare: f64,
    /// What the axis shows.
    pub title: String,
}

impl Rows {
    /// The axis, from the end of the longest name to the right.
    pub fn scale(&self) -> Scale {
        let longest = self.names.iter().map(|name| text_width(name)).fold(0.0, f64::max);
        let left = (MARGIN + longest + 8.0).min(WIDTH * 0.6);
        let (values, places) = ((self.low, self.high), (left, WIDTH - MARGIN - self.spare));
        if self.log { Scale::log(values, places) } else { Scale::linear(values, places) }
    }

    /// Where the last row ends.
    pub fn bottom(&self) -> f64 {
        self.top + ROW * self.names.len() as f64
    }

    /// Draws the axis and the names below what `drawing` holds; `row` draws what belongs to a row, given
    /// its number and the middle of its height.
    pub fn drawn(&self, mut svg: Svg, mut row: impl FnMut(&mut Svg, usize, f64)) -> Drawing {
        let scale = self.scale();
        let bottom = self.bottom();
        let ticks: Vec<f64> = scale.ticks(5);
        let labels = ticks.iter().map(|tick| (scale.at(*tick), (self.write)(*tick)));
        for (x, text) in across::apart(labels.collect()) {
            svg.line("grid", (x, self.top - 2.0), (x, bottom));
            let most = WIDTH - 2.0 - text_width(&text) / 2.0;
            svg.label("soft small mid", x.min(most), bottom + 15.0, &text);
        }
        for (number, name) in self.names.iter().enumerate() {
            let middle = self.top + ROW * (number as f64 + 0.5);
            svg.label("end", scale.at(self.low) - 8.0, middle + 4.0, name);
            row(&mut svg, number, middle);
        }
        // From the right end: a title may be longer than the axis.
        svg.label("soft small end", WIDTH - 4.0, bottom + 31.0, &self.title);
        Drawing { svg, height: bottom + 36.0 }
    }
}
