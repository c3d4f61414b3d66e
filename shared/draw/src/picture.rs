//! The SVG document around a drawing.

use crate::svg::Svg;

/// The width of most drawings; a page scales it.
pub const WIDTH: f64 = 480.0;

/// The width of a drawing that a telephone shows nearly as large as it is drawn.
pub const COLUMN: f64 = 380.0;

/// Left of the words above a drawing.
const MARGIN: f64 = 8.0;

/// The colours of all pictures, in the reader's light or dark scheme; for what a page draws itself, in an element of the
/// class `sop-chart`.
pub const STYLE: &str = include_str!("style.css");

/// What was drawn, and how high it is.
#[derive(Debug, Clone)]
pub struct Drawing {
    /// The elements, without the document around them.
    pub svg: Svg,
    /// Where they end.
    pub height: f64,
}

impl Drawing {
    /// A whole document that may stand inside of an HTML page: named by `title`, described by
    /// `reading`. Its ids begin with `name`, so `name` differs from picture to picture of a page.
    pub fn picture(self, name: &str, title: &str, reading: &str) -> String {
        let mut svg = document(name, title, reading, (self.svg.width(), self.height));
        svg.append(self.svg);
        svg.finished()
    }

    /// The same for a picture that stands alone: its title is also drawn, above the rest.
    pub fn picture_with_heading(self, name: &str, title: &str, reading: &str) -> String {
        self.picture_with_titles(name, (title, ""), reading)
    }

    /// The same with a second, smaller line below the title; a title may need several lines.
    pub fn picture_with_titles(
        self,
        name: &str,
        (title, subtitle): (&str, &str),
        reading: &str,
    ) -> String {
        let width = self.svg.width();
        let room = width - 2.0 * MARGIN;
        // Its letters are larger, and bold.
        let titles = lines(title, room / 1.2);
        let subtitles = lines(subtitle, room);
        let air = if subtitles.is_empty() { 10.0 } else { 18.0 };
        let above = air + 18.0 * titles.len() as f64 + 16.0 * subtitles.len() as f64;
        let mut svg = document(name, title, reading, (width, self.height + above));
        let mut y = 2.0;
        for line in &titles {
            y += 18.0;
            svg.label("head", MARGIN, y, line);
        }
        y += 3.0;
        for line in &subtitles {
            y += 16.0;
            svg.label("soft small", MARGIN, y, line);
        }
        svg.tag("g").is("transform", &format!("translate(0 {above})")).open();
        svg.append(self.svg);
        svg.finished()
    }
}

/// The lines of a text that are about as wide as `room` at most.
fn lines(text: &str, room: f64) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        match lines.last_mut().filter(|line| text_width(&format!("{line} {word}")) <= room) {
            Some(line) => *line += &format!(" {word}"),
            None => lines.push(word.to_owned()),
        }
    }
    lines
}

fn document(name: &str, title: &str, reading: &str, (width, height): (f64, f64)) -> Svg {
    let (title_id, text_id) = (format!("{name}-title"), format!("{name}-text"));
    let mut svg = Svg::of_width(width);
    // Its size as an image is that of its drawing: letters are never larger than they were drawn.
    svg.tag("svg")
        .is("xmlns", "http://www.w3.org/2000/svg")
        .is("class", "sop-chart")
        .is("viewBox", &format!("0 0 {width} {}", height.ceil()))
        .at("width", width)
        .at("height", height.ceil())
        .is("role", "img")
        .is("aria-labelledby", &format!("{title_id} {text_id}"))
        .open();
    svg.tag("title").is("id", &title_id).text(title);
    svg.tag("desc").is("id", &text_id).text(reading);
    svg.tag("style").text(STYLE);
    svg.tag("rect").is("class", "paper").at("width", width).at("height", height.ceil()).leaf();
    svg
}

/// About how wide a text is: each reader has another font, and that of this one, DejaVu Sans, is among
/// the wide ones.
pub fn text_width(text: &str) -> f64 {
    let ems = text.chars().map(|letter| match letter {
        'i' | 'l' | 'j' | 'I' | '.' | ',' | ':' | '\'' => 0.3,
        ' ' | 't' | 'f' | 'r' | '-' | '/' | '(' | ')' => 0.41,
        's' | 'c' | 'z' => 0.55,
        'm' | 'w' | 'M' | 'W' | '%' | '\u{2e80}'.. => 1.0,
        'A'..='Z' => 0.72,
        _ => 0.635,
    });
    12.5 * ems.sum::<f64>()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_is_named_and_described() {
        for heading in [false, true] {
            let drawing = Drawing { svg: Svg::default(), height: 9.5 };
            let picture = if heading { Drawing::picture_with_heading } else { Drawing::picture };
            let text = picture(drawing, "one", "A <title>", "What to see.");
            let document = roxmltree::Document::parse(&text).expect("good XML");
            let root = document.root_element();
            assert_eq!(root.attribute("aria-labelledby"), Some("one-title one-text"));
            let text_of = |id| {
                let node = document.descendants().find(|node| node.attribute("id") == Some(id));
                node.and_then(|node| node.text().map(str::to_owned))
            };
            assert_eq!(text_of("one-title").as_deref(), Some("A <title>"));
            assert_eq!(text_of("one-text").as_deref(), Some("What to see."));
            let height = if heading { " 38" } else { " 10" };
            assert_eq!(root.attribute("width"), Some("480"), "its size as an image");
            assert!(root.attribute("viewBox").is_some_and(|size| size.ends_with(height)));
        }
    }

    #[test]
    fn a_long_title_has_several_lines_and_a_subtitle_below() {
        let drawing = Drawing { svg: Svg::of_width(COLUMN), height: 10.0 };
        let title = "Two cores made the sum 1.97x as fast as one, of 1.99x possible just then";
        let text = drawing.picture_with_titles("one", (title, "speedup"), "What to see.");
        let document = roxmltree::Document::parse(&text).expect("good XML");
        let of = |class: &str| {
            let found =
                document.descendants().filter(move |it| it.attribute("class") == Some(class));
            found.filter_map(|it| it.text()).collect::<Vec<_>>()
        };
        assert_eq!(of("head").join(" "), title);
        assert_eq!(of("head").len(), 2);
        assert_eq!(of("soft small"), ["speedup"]);
    }
}
