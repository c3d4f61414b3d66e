//! The pictures, and what all of them draw with.

mod coalesced;
mod divergence;
mod tree;

use draw::{Drawing, Svg};

/// A picture of the chapter.
pub struct Picture {
    pub name: &'static str,
    pub svg: String,
}

impl Picture {
    fn new(name: &'static str, title: &str, reading: &str, drawing: Drawing) -> Self {
        Picture { name, svg: drawing.picture(name, title, reading) }
    }

    /// Its name in the folder `pictures`.
    pub fn file(&self) -> String {
        format!("{}.svg", self.name)
    }
}

/// All of them, in the order of the chapter.
pub fn all() -> [Picture; 3] {
    [tree::picture(), coalesced::picture(), divergence::picture()]
}

/// A square or another box.
#[derive(Clone, Copy)]
struct Place {
    x: f64,
    y: f64,
    width: f64,
    height: f64,
}

/// How a box is painted.
#[derive(Clone, Copy)]
enum Paint {
    /// In the colour of those who work.
    Full,
    /// The frame alone, in that colour.
    Frame,
    /// In the grey of what nobody touches.
    Grey,
}

/// A box with a short text in its middle.
fn cell(svg: &mut Svg, paint: Paint, place: Place, text: &str) {
    let (group, class, style) = match paint {
        Paint::Full => ("c0", "bar", "fill:var(--paper);font-weight:600"),
        Paint::Frame => ("c0", "hollow", "fill:currentColor"),
        Paint::Grey => ("c8", "lane", "fill:var(--soft)"),
    };
    svg.tag("g").is("class", group).open();
    let tag = svg.tag("rect").is("class", class).at("x", place.x).at("y", place.y);
    tag.at("width", place.width).at("height", place.height).at("rx", 3.0).leaf();
    if !text.is_empty() {
        let (x, y) = (place.x + place.width / 2.0, place.y + place.height / 2.0 + 5.0);
        svg.tag("text").is("class", "mid").is("style", style).at("x", x).at("y", y).text(text);
    }
    svg.close();
}

/// An arrow of the colour number `colour`.
fn arrow(svg: &mut Svg, colour: &str, from: (f64, f64), to: (f64, f64)) {
    let (dx, dy) = (to.0 - from.0, to.1 - from.1);
    let long = dx.hypot(dy);
    let (dx, dy) = (dx / long, dy / long);
    let back = |far: f64, side: f64| (to.0 - far * dx - side * dy, to.1 - far * dy + side * dx);
    let (left, right, end) = (back(8.0, 4.0), back(8.0, -4.0), back(6.0, 0.0));
    svg.tag("g").is("class", colour).open();
    svg.line("run", from, end);
    let d = format!(
        "M{:.1} {:.1}L{:.1} {:.1}L{:.1} {:.1}z",
        to.0, to.1, left.0, left.1, right.0, right.1
    );
    svg.tag("path").is("class", "bar").is("d", &d).leaf();
    svg.close();
}

/// Everything that is drawn until the next `close` has letters that can be read on a phone, too.
fn large(svg: &mut Svg) {
    svg.tag("g").is("style", "font-size:14.5px").open();
}
