//! Rows with a name to the left, on an axis that all of them share.

use crate::across;
use crate::picture::{Drawing, text_width};
use crate::scale::Scale;
use crate::svg::Svg;

const MARGIN: f64 = 8.0;
const ROW: f64 = 24.0;

/// A row whose name stands above it.
const HIGH_ROW: f64 = 36.0;

/// Names that would take more of the width than this stand above their rows.
const MOST_NAME: f64 = 0.36;

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
    /// What the axis shows; may be empty.
    pub title: String,
    /// How wide all of it is.
    pub width: f64,
    /// Added to the height of each row.
    pub air: f64,
}

impl Rows {
    /// The axis, from the end of the longest name to the right.
    pub fn scale(&self) -> Scale {
        let left = match self.names_above() {
            true => MARGIN + 6.0,
            false => MARGIN + self.longest() + 8.0,
        };
        let (values, places) = ((self.low, self.high), (left, self.width - MARGIN - self.spare));
        if self.log { Scale::log(values, places) } else { Scale::linear(values, places) }
    }

    /// Where the last row ends.
    pub fn bottom(&self) -> f64 {
        self.top + self.row() * self.names.len() as f64
    }

    /// Draws the axis and the names below what `svg` holds; `row` draws what belongs to a row, given
    /// its number and the middle of its height.
    pub fn drawn(&self, mut svg: Svg, mut row: impl FnMut(&mut Svg, usize, f64)) -> Drawing {
        let scale = self.scale();
        let bottom = self.bottom();
        let ticks: Vec<f64> = scale.ticks(5);
        let labels = ticks.iter().map(|tick| (scale.at(*tick), (self.write)(*tick)));
        for (x, text) in across::apart(labels.collect()) {
            svg.line("grid", (x, self.top - 2.0), (x, bottom));
            let half = text_width(&text) / 2.0;
            let x = x.min(self.width - 2.0 - half).max(half + 2.0);
            svg.label("soft small mid", x, bottom + 15.0, &text);
        }
        let (low, high) = (scale.at(self.low), scale.at(self.high));
        for (number, name) in self.names.iter().enumerate() {
            let top = self.top + self.row() * number as f64;
            let middle = if self.names_above() { top + 25.0 } else { top + self.row() / 2.0 };
            svg.line("guide", (low, middle), (high, middle));
            match self.names_above() {
                true => svg.label("over-lines", MARGIN, top + 14.0, name),
                false => svg.label("end", low - 8.0, middle + 4.0, name),
            }
            row(&mut svg, number, middle);
        }
        if self.title.is_empty() {
            return Drawing { svg, height: bottom + 20.0 };
        }
        // From the right end: a title may be longer than the axis.
        svg.label("soft small end", self.width - 4.0, bottom + 31.0, &self.title);
        Drawing { svg, height: bottom + 36.0 }
    }

    fn longest(&self) -> f64 {
        self.names.iter().map(|name| text_width(name)).fold(0.0, f64::max)
    }

    fn names_above(&self) -> bool {
        self.longest() > self.width * MOST_NAME
    }

    /// How high a row is.
    fn row(&self) -> f64 {
        self.air + if self.names_above() { HIGH_ROW } else { ROW }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(name: &str) -> Rows {
        Rows {
            names: vec![name.to_owned()],
            top: 4.0,
            low: 0.0,
            high: 2.0,
            log: false,
            write: crate::tick,
            spare: 40.0,
            title: String::new(),
            width: crate::COLUMN,
            air: 0.0,
        }
    }

    #[test]
    fn a_long_name_stands_above_its_row_and_leaves_the_axis_its_room() {
        let (short, long) = (rows("pi"), rows("superinstructions (interpreted), 1 worker"));
        assert!(long.bottom() > short.bottom());
        let wide = |rows: &Rows| rows.scale().at(2.0) - rows.scale().at(0.0);
        assert!(wide(&long) > 300.0 && wide(&short) > 280.0);
        let svg = long.drawn(Svg::of_width(crate::COLUMN), |_, _, _| ()).svg.finished();
        assert!(svg.contains("superinstructions (interpreted), 1 worker</text>"), "{svg}");
    }
}
