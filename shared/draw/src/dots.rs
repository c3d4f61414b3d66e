//! Dots in rows, on an axis that all rows share: a value, its interval, and what it is held against.

use crate::legend::{self, Key, Sample};
use crate::picture::{COLUMN, Drawing, text_width};
use crate::rows::Rows;
use crate::scale::{Scale, extent};
use crate::svg::Svg;

/// A row: one value.
#[derive(Debug, Clone, Default)]
pub struct Dot {
    /// Its name.
    pub name: String,
    /// Where the dot lies.
    pub value: f64,
    /// From where to where its interval reaches.
    pub bounds: Option<(f64, f64)>,
    /// What it says when it is pointed at.
    pub tip: String,
    /// The value in words, at the right end.
    pub text: String,
    /// Behind it: what this row is to another one.
    pub step: String,
    /// Whether only its outline is drawn: that of a value which is not to be compared with the others.
    pub hollow: bool,
    /// A second value, smaller and hollow, and what it says when it is pointed at.
    pub also: Option<(f64, String)>,
    /// What was possible: its middle, and from where to where that reaches.
    pub band: Option<(f64, f64, f64)>,
    /// The most that there could ever be.
    pub roof: Option<f64>,
    /// The same somewhere else, in grey, and what it says when it is pointed at.
    pub behind: Option<(f64, String)>,
}

/// What the marks of the rows mean; what is empty is not in the legend.
#[derive(Debug, Clone, Default)]
pub struct DotKeys {
    /// The dots themselves.
    pub dot: String,
    /// The second, hollow ones.
    pub also: String,
    /// The bands.
    pub band: String,
    /// The roofs.
    pub roof: String,
    /// The grey ones.
    pub behind: String,
}

/// Rows of dots.
#[derive(Debug, Clone)]
pub struct Dots {
    /// The rows, from top to bottom.
    pub rows: Vec<Dot>,
    /// What their marks mean.
    pub keys: DotKeys,
    /// What the axis shows; may be empty.
    pub title: String,
    /// How wide all of it is.
    pub width: f64,
    /// Added to the height of each row.
    pub air: f64,
    log: bool,
    low: f64,
    high: f64,
    write: fn(f64) -> String,
}

/// Above the first row.
const TOP: f64 = 6.0;

/// Between two columns at the right end.
const GAP: f64 = 10.0;

impl Dots {
    /// Rows on an axis from zero, on which equal distances are equal differences. Roofs that lie far
    /// beyond everything else are left out. `None` where there is no row.
    pub fn linear(mut rows: Vec<Dot>, write: fn(f64) -> String) -> Option<Self> {
        let (_, high) = extent(rows.iter().flat_map(reach))?;
        let roofs = rows.iter().filter_map(|row| row.roof).filter(|roof| *roof < high * 1.4);
        let high = roofs.fold(high, f64::max) * 1.05;
        for row in &mut rows {
            row.roof = row.roof.filter(|roof| *roof < high);
        }
        Some(Dots::over(rows, write, false, (0.0, high)))
    }

    /// Rows on an axis on which equal distances are equal ratios. `None` where there is no row.
    pub fn log(rows: Vec<Dot>, write: fn(f64) -> String) -> Option<Self> {
        let (low, high) = extent(rows.iter().flat_map(reach))?;
        Some(Dots::over(rows, write, true, (low / 1.4, high * 1.4)))
    }

    fn over(rows: Vec<Dot>, write: fn(f64) -> String, log: bool, (low, high): (f64, f64)) -> Self {
        let (keys, title) = (DotKeys::default(), String::new());
        Dots { rows, keys, title, width: COLUMN, air: 0.0, log, low, high, write }
    }

    /// Draws the rows, their axis and the legend.
    pub fn drawn(&self) -> Drawing {
        let column = |of: fn(&Dot) -> &str| {
            let wide = self.rows.iter().map(|row| text_width(of(row))).fold(0.0, f64::max);
            if wide > 0.0 { wide + GAP } else { 0.0 }
        };
        let (texts, steps) = (column(|row| &row.text), column(|row| &row.step));
        let rows = Rows {
            names: self.rows.iter().map(|row| row.name.clone()).collect(),
            top: TOP,
            low: self.low,
            high: self.high,
            log: self.log,
            write: self.write,
            spare: texts + steps,
            title: self.title.clone(),
            width: self.width,
            air: self.air,
        };
        let axis = rows.scale();
        let right = self.width - 8.0;
        let drawing = rows.drawn(Svg::of_width(self.width), |svg, number, middle| {
            let row = &self.rows[number];
            row.draw(svg, &axis, middle);
            svg.label("small end", right - steps, middle + 4.0, &row.text);
            if !row.step.is_empty() {
                svg.label("soft small end", right, middle + 4.0, &row.step);
            }
        });
        let Drawing { mut svg, height } = drawing;
        let keys = self.keys();
        if keys.is_empty() {
            return Drawing { svg, height };
        }
        let bottom = legend::draw(&mut svg, &keys, height + 2.0);
        Drawing { svg, height: bottom + 4.0 }
    }

    /// What the legend names.
    pub fn names(&self) -> Vec<String> {
        self.keys().into_iter().map(|key| key.name).collect()
    }

    /// Of what is drawn, what has a name.
    fn keys(&self) -> Vec<Key> {
        let DotKeys { dot, also, band, roof, behind } = &self.keys;
        let any = |has: fn(&Dot) -> bool| self.rows.iter().any(has);
        let all = [
            (dot, Sample::Dot("dot"), true),
            (also, Sample::Dot("hollow"), any(|row| row.also.is_some())),
            (band, Sample::Band, any(|row| row.band.is_some())),
            (roof, Sample::Stroke("roof"), any(|row| row.roof.is_some())),
            (behind, Sample::Dot("behind"), any(|row| row.behind.is_some())),
        ];
        let drawn = all.into_iter().filter(|(name, _, any)| *any && !name.is_empty());
        drawn.map(|(name, sample, _)| Key { name: name.clone(), sample }).collect()
    }
}

/// Every value of a row that the axis has to hold; a roof may lie beyond it.
fn reach(row: &Dot) -> Vec<f64> {
    let bounds = row.bounds.map(|(low, high)| [low, high]);
    let band = row.band.map(|(_, low, high)| [low, high]);
    let single = [Some(row.value), row.also.as_ref().map(|also| also.0)];
    let behind = row.behind.as_ref().map(|behind| behind.0);
    let pairs = bounds.into_iter().chain(band).flatten();
    pairs.chain(single.into_iter().flatten()).chain(behind).collect()
}

impl Dot {
    fn draw(&self, svg: &mut Svg, axis: &Scale, middle: f64) {
        if let Some((value, low, high)) = self.band {
            let (from, to) = (axis.at(low), axis.at(high));
            let tag = svg.tag("rect").is("class", "band").at("x", from).at("y", middle - 10.0);
            tag.at("width", (to - from).max(1.5)).at("height", 20.0).leaf();
            let x = axis.at(value);
            svg.line("band-middle", (x, middle - 10.0), (x, middle + 10.0));
        }
        if let Some(roof) = self.roof {
            let x = axis.at(roof);
            svg.line("roof", (x, middle - 10.0), (x, middle + 10.0));
        }
        if let Some((value, tip)) = &self.behind {
            dot(svg, "behind", tip, (axis.at(*value), middle), 3.8);
        }
        svg.tag("g").is("class", "c0").open();
        if let Some((value, tip)) = &self.also {
            dot(svg, "dot hollow", tip, (axis.at(*value), middle), 3.0);
        }
        if let Some((low, high)) = self.bounds {
            svg.line("whisker", (axis.at(low), middle), (axis.at(high), middle));
        }
        let class = if self.hollow { "dot hollow" } else { "dot" };
        dot(svg, class, &self.tip, (axis.at(self.value), middle), 4.8);
        svg.close();
    }
}

fn dot(svg: &mut Svg, class: &str, tip: &str, (x, y): (f64, f64), radius: f64) {
    let dot = svg.tag("circle").is("class", class).is("data-tip", tip);
    dot.at("cx", x).at("cy", y).at("r", radius).leaf();
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ticks::tick;

    fn row(value: f64) -> Dot {
        Dot { name: "row".into(), value, tip: "tip".into(), text: "text".into(), ..Dot::default() }
    }

    #[test]
    fn no_bar_begins_at_an_arbitrary_edge() {
        let rows = vec![row(1e-9), row(1e-3)];
        let svg = Dots::log(rows, tick).expect("two rows").drawn().svg.finished();
        assert_eq!(svg.matches("<circle class=\"dot\"").count(), 2);
        assert!(!svg.contains("class=\"bar\""));
        assert!(Dots::log(vec![], tick).is_none());
    }

    #[test]
    fn only_what_is_drawn_is_in_the_legend() {
        let keys = DotKeys { band: "possible".into(), roof: "most".into(), ..DotKeys::default() };
        let with = |change: fn(&mut Dot)| {
            let mut one = row(1.9);
            change(&mut one);
            let dots = Dots::linear(vec![one], tick).expect("a row");
            Dots { keys: keys.clone(), ..dots }.drawn().svg.finished()
        };
        assert!(!with(|_| ()).contains(">possible<"));
        let band = with(|one| one.band = Some((1.95, 1.9, 2.0)));
        assert!(band.contains(">possible<") && !band.contains(">most<"), "{band}");
        assert!(with(|one| one.roof = Some(2.4)).contains(">most<"));
        // A roof far away would press all else into a corner.
        assert!(!with(|one| one.roof = Some(40.0)).contains("class=\"roof\""));
    }

    #[test]
    fn another_value_stands_behind_in_grey() {
        let one = Dot { behind: Some((3.0, "elsewhere: 3".into())), ..row(1.0) };
        let svg = Dots::linear(vec![one], tick).expect("a row").drawn().svg.finished();
        let (grey, own) = (svg.find("class=\"behind\""), svg.find("class=\"dot\""));
        assert!(grey.is_some() && grey < own, "{svg}");
    }
}
