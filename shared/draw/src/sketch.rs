//! Boxes and arrows: what a picture that explains, and shows no numbers, is drawn with.

use crate::picture::Drawing;
use crate::svg::Svg;

/// A picture that stands in a chapter, as a file of its own.
#[derive(Debug)]
pub struct Sketch {
    /// Its name, and that of its file without the ending.
    pub name: &'static str,
    /// The document.
    pub svg: String,
}

impl Sketch {
    /// The picture `drawing`, named by `title` and described by `reading`, for those who do not see it.
    pub fn new(name: &'static str, title: &str, reading: &str, drawing: Drawing) -> Self {
        Sketch { name, svg: drawing.picture(name, title, reading) }
    }

    /// The name of its file.
    pub fn file(&self) -> String {
        format!("{}.svg", self.name)
    }
}

/// A rectangle: where it is, and how large.
#[derive(Debug, Clone, Copy)]
pub struct Place {
    /// Its left edge.
    pub x: f64,
    /// Its upper edge.
    pub y: f64,
    /// From left to right.
    pub width: f64,
    /// From top to bottom.
    pub height: f64,
}

/// How a box is painted.
#[derive(Debug, Clone, Copy)]
pub enum Paint {
    /// Filled with the colour of this number in the palette.
    Full(usize),
    /// The frame alone, in that colour.
    Frame(usize),
    /// In the grey of what nobody uses.
    Grey,
}

impl Svg {
    /// A box with a short text in its middle.
    pub fn cell(&mut self, paint: Paint, place: Place, text: &str) {
        let (colour, class, style) = match paint {
            Paint::Full(colour) => (colour, "bar", "fill:var(--paper);font-weight:600"),
            Paint::Frame(colour) => (colour, "hollow", "fill:currentColor"),
            Paint::Grey => (8, "lane", "fill:var(--soft)"),
        };
        self.tag("g").is("class", &format!("c{colour}")).open();
        let tag = self.tag("rect").is("class", class).at("x", place.x).at("y", place.y);
        tag.at("width", place.width).at("height", place.height).at("rx", 3.0).leaf();
        if !text.is_empty() {
            let (x, y) = (place.x + place.width / 2.0, place.y + place.height / 2.0 + 5.0);
            self.tag("text").is("class", "mid").is("style", style).at("x", x).at("y", y).text(text);
        }
        self.close();
    }

    /// A frame around something, in the colour of this number in the palette.
    pub fn frame(&mut self, colour: usize, place: Place) {
        self.tag("g").is("class", &format!("c{colour}")).open();
        let style = "fill:none;stroke:currentColor;stroke-width:2";
        let tag = self.tag("rect").is("style", style).at("x", place.x).at("y", place.y);
        tag.at("width", place.width).at("height", place.height).at("rx", 4.0).leaf();
        self.close();
    }

    /// An arrow in the colour of this number in the palette.
    pub fn arrow(&mut self, colour: usize, from: (f64, f64), to: (f64, f64)) {
        let (dx, dy) = (to.0 - from.0, to.1 - from.1);
        let long = dx.hypot(dy);
        let (dx, dy) = (dx / long, dy / long);
        let back = |far: f64, side: f64| (to.0 - far * dx - side * dy, to.1 - far * dy + side * dx);
        let (left, right, end) = (back(8.0, 4.0), back(8.0, -4.0), back(6.0, 0.0));
        self.tag("g").is("class", &format!("c{colour}")).open();
        self.line("run", from, end);
        let d = format!(
            "M{:.1} {:.1}L{:.1} {:.1}L{:.1} {:.1}z",
            to.0, to.1, left.0, left.1, right.0, right.1
        );
        self.tag("path").is("class", "bar").is("d", &d).leaf();
        self.close();
    }

    /// Begins a group whose letters can be read on a phone, too; it lasts until the next `close`.
    pub fn open_large(&mut self) {
        self.tag("g").is("style", "font-size:14.5px").open();
    }
}
