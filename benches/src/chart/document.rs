//! The SVG document around a drawing.

use super::svg::Svg;
use super::{Chart, Section, Table};

/// The width of every drawing; a page scales it.
pub(super) const WIDTH: f64 = 480.0;

/// About how wide a text is: each reader has another font, and that of this one, DejaVu Sans, is among
/// the wide ones.
pub(super) fn text_width(text: &str) -> f64 {
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

/// What a chart says beside its drawing.
pub(super) struct Caption {
    pub(super) name: String,
    pub(super) section: Section,
    pub(super) title: String,
    pub(super) reading: Vec<String>,
    pub(super) table: Table,
}

impl Caption {
    /// The chart: this caption, and `drawing`, which is `height` high.
    pub(super) fn with(self, drawing: Svg, height: f64) -> Chart {
        let Caption { name, section, title, reading, table } = self;
        let (title_id, text_id) = (format!("{name}-title"), format!("{name}-text"));
        let mut svg = Svg::default();
        svg.tag("svg")
            .is("xmlns", "http://www.w3.org/2000/svg")
            .is("class", "sop-chart")
            .is("viewBox", &format!("0 0 {WIDTH} {}", height.ceil()))
            .is("role", "img")
            .is("aria-labelledby", &format!("{title_id} {text_id}"))
            .open();
        svg.tag("title").is("id", &title_id).text(&title);
        svg.tag("desc").is("id", &text_id).text(&reading.join(" "));
        svg.tag("style").text(include_str!("style.css"));
        let paper = svg.tag("rect").is("class", "paper");
        paper.at("width", WIDTH).at("height", height.ceil()).leaf();
        svg.append(drawing);
        Chart { name, section, title, reading, svg: svg.finished(), table }
    }
}

impl Table {
    /// A table with a head and no rows yet.
    pub(super) fn with_columns(columns: &[&str]) -> Self {
        let columns = columns.iter().map(|&column| column.to_owned()).collect();
        Table { columns, rows: Vec::new() }
    }
}
