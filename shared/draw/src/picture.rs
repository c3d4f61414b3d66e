//! The SVG document around a drawing.

use crate::svg::Svg;

/// The width of every drawing; a page scales it.
pub const WIDTH: f64 = 480.0;

/// Room for a heading above the drawing.
const HEADING: f64 = 28.0;

/// What was drawn, and how high it is.
#[derive(Debug)]
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
        let mut svg = document(name, title, reading, self.height);
        svg.append(self.svg);
        svg.finished()
    }

    /// The same for a picture that stands alone: its title is also drawn, above the rest.
    pub fn picture_with_heading(self, name: &str, title: &str, reading: &str) -> String {
        let mut svg = document(name, title, reading, self.height + HEADING);
        svg.label("head", 10.0, 20.0, title);
        svg.tag("g").is("transform", &format!("translate(0 {HEADING})")).open();
        svg.append(self.svg);
        svg.finished()
    }
}

fn document(name: &str, title: &str, reading: &str, height: f64) -> Svg {
    let (title_id, text_id) = (format!("{name}-title"), format!("{name}-text"));
    let mut svg = Svg::default();
    svg.tag("svg")
        .is("xmlns", "http://www.w3.org/2000/svg")
        .is("class", "sop-chart")
        .is("viewBox", &format!("0 0 {WIDTH} {}", height.ceil()))
        .is("role", "img")
        .is("aria-labelledby", &format!("{title_id} {text_id}"))
        .open();
    svg.tag("title").is("id", &title_id).text(title);
    svg.tag("desc").is("id", &text_id).text(reading);
    svg.tag("style").text(include_str!("style.css"));
    svg.tag("rect").is("class", "paper").at("width", WIDTH).at("height", height.ceil()).leaf();
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
            let height = if heading { "38" } else { "10" };
            assert!(root.attribute("viewBox").is_some_and(|size| size.ends_with(height)));
        }
    }
}
