//! Writes SVG: tags, escaped text, rounded coordinates.

use std::fmt::Write;

use crate::picture::WIDTH;

/// A part of an SVG document that grows at its end.
#[derive(Debug, Clone)]
pub struct Svg {
    text: String,
    open: Vec<&'static str>,
    width: f64,
}

impl Default for Svg {
    /// As wide as most drawings are.
    fn default() -> Self {
        Svg::of_width(WIDTH)
    }
}

/// A tag whose attributes are being written; it ends with [`leaf`](Tag::leaf), [`open`](Tag::open)
/// or [`text`](Tag::text).
#[must_use]
#[derive(Debug)]
pub struct Tag<'a> {
    svg: &'a mut Svg,
    name: &'static str,
}

impl Svg {
    /// A part of a document that is `width` wide.
    pub fn of_width(width: f64) -> Self {
        Svg { text: String::new(), open: Vec::new(), width }
    }

    /// How wide the document is.
    pub fn width(&self) -> f64 {
        self.width
    }

    /// Begins the tag `name`.
    pub fn tag(&mut self, name: &'static str) -> Tag<'_> {
        self.text.push('<');
        self.text.push_str(name);
        Tag { svg: self, name }
    }

    /// Ends the element that was opened last.
    pub fn close(&mut self) {
        let name = self.open.pop().expect("every close has its open");
        self.end(name);
    }

    /// Adds another part, with its elements ended.
    pub fn append(&mut self, other: Svg) {
        self.text.push_str(&other.finished());
    }

    /// The text, with every element ended.
    pub fn finished(mut self) -> String {
        while let Some(name) = self.open.pop() {
            self.end(name);
        }
        self.text
    }

    /// A straight line.
    pub fn line(&mut self, class: &str, from: (f64, f64), to: (f64, f64)) {
        let tag = self.tag("line").is("class", class).at("x1", from.0).at("y1", from.1);
        tag.at("x2", to.0).at("y2", to.1).leaf();
    }

    /// A line through `points`.
    pub fn path(&mut self, class: &str, points: &[(f64, f64)]) {
        if points.len() > 1 {
            self.tag("path").is("class", class).is("d", &through(points)).leaf();
        }
    }

    /// A line of text that stands on `y`.
    pub fn label(&mut self, class: &str, x: f64, y: f64, text: &str) {
        self.tag("text").is("class", class).at("x", x).at("y", y).text(text);
    }

    fn end(&mut self, name: &str) {
        self.text.push_str("</");
        self.text.push_str(name);
        self.text.push_str(">\n");
    }
}

impl Tag<'_> {
    /// An attribute with any text.
    pub fn is(self, attribute: &str, value: &str) -> Self {
        write!(self.svg.text, " {attribute}=\"{}\"", escaped(value)).expect("a string grows");
        self
    }

    /// An attribute with a coordinate.
    pub fn at(self, attribute: &str, value: f64) -> Self {
        write!(self.svg.text, " {attribute}=\"{}\"", rounded(value)).expect("a string grows");
        self
    }

    /// The attribute `d` of a path: boxes of one height beside each other, given by left edge and width.
    pub fn boxes(self, boxes: &[(f64, f64)], top: f64, height: f64) -> Self {
        let mut commands = String::new();
        for (left, width) in boxes {
            let (left, width) = (rounded(*left), rounded(*width));
            write!(commands, "M{left} {}h{width}v{}h-{width}z", rounded(top), rounded(height))
                .expect("a string grows");
        }
        self.is("d", &commands)
    }

    /// An element with nothing inside.
    pub fn leaf(self) {
        self.svg.text.push_str("/>\n");
    }

    /// An element that holds what follows, until its [`close`](Svg::close).
    pub fn open(self) {
        self.svg.text.push_str(">\n");
        self.svg.open.push(self.name);
    }

    /// An element that holds a text.
    pub fn text(self, text: &str) {
        self.svg.text.push('>');
        self.svg.text.push_str(&escaped(text));
        self.svg.end(self.name);
    }
}

/// The commands of a line through `points`.
fn through(points: &[(f64, f64)]) -> String {
    let mut commands = String::new();
    for (place, (x, y)) in points.iter().enumerate() {
        let command = if place == 0 { 'M' } else { 'L' };
        write!(commands, "{command}{} {}", rounded(*x), rounded(*y)).expect("a string grows");
    }
    commands
}

/// A coordinate with one decimal at most: `12.3`, `7`. What is no number lies at 0.
pub(crate) fn rounded(value: f64) -> String {
    // The bound keeps nonsense from making long digits; no drawing is that large.
    let tenths = if value.is_finite() { (value.clamp(-1e5, 1e5) * 10.0).round() } else { 0.0 };
    // -0 would be written with its sign.
    format!("{}", (tenths + 0.0) / 10.0)
}

/// The text as it stands in XML, between tags and in quotes alike. Characters that XML does not
/// allow are left out.
fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            '\u{fffe}' | '\u{ffff}' => {}
            control if control.is_control() => safe.push(' '),
            plain => safe.push(plain),
        }
    }
    safe
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_escaped() {
        assert_eq!(
            escaped("<b a=\"1\" c='2'>&\0"),
            "&lt;b a=&quot;1&quot; c=&#39;2&#39;&gt;&amp; "
        );
    }

    #[test]
    fn coordinates_are_short() {
        let written = [1.0, 1.04, 1.06, -0.01, f64::NAN, f64::INFINITY].map(rounded);
        assert_eq!(written, ["1", "1", "1.1", "0", "0", "0"]);
    }

    #[test]
    fn open_elements_are_closed() {
        let mut svg = Svg::default();
        svg.tag("g").is("class", "a").open();
        svg.label("b", 1.0, 2.0, "c");
        assert_eq!(
            svg.finished(),
            "<g class=\"a\">\n<text class=\"b\" x=\"1\" y=\"2\">c</text>\n</g>\n"
        );
    }
}
