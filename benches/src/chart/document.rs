//! The SVG document around a drawing.

use super::svg::Svg;
use super::{Chart, Section, Table};

/// The width of every drawing; a page scales it.
pub(super) const WIDTH: f64 = 480.0;

/// About how wide a text is: generous, since each reader has another font.
pub(super) fn text_width(text: &str) -> f64 {
    text.chars().count() as f64 * 6.9
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
