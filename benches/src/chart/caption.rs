use draw::Drawing;

use super::{Chart, Section, Table};

/// What a chart says beside its drawing.
pub(super) struct Caption {
    pub(super) name: String,
    pub(super) section: Section,
    /// What was found.
    pub(super) title: String,
    /// What is drawn.
    pub(super) subtitle: String,
    pub(super) reading: Vec<String>,
    pub(super) table: Table,
}

impl Caption {
    /// The chart of this caption and a drawing.
    pub(super) fn with(self, drawing: Drawing) -> Chart {
        self.with_alone(drawing.clone(), drawing)
    }

    /// The same, with another drawing for where it stands alone.
    pub(super) fn with_alone(self, drawing: Drawing, alone: Drawing) -> Chart {
        let Caption { name, section, title, subtitle, reading, table } = self;
        let words = [&[subtitle.clone()][..], &reading].concat().join(" ");
        let file = alone.picture_with_titles(&name, (&title, &subtitle), &words);
        let svg = drawing.picture(&name, &title, &words);
        Chart { name, section, title, subtitle, reading, svg, wide: None, file, table }
    }

    /// The same, with a second drawing for where there is more room.
    pub(super) fn with_both(self, drawing: Drawing, wide: Drawing) -> Chart {
        let chart = self.with(drawing);
        let words = [&[chart.subtitle.clone()][..], &chart.reading].concat().join(" ");
        let wide = wide.picture(&format!("{}-wide", chart.name), &chart.title, &words);
        Chart { wide: Some(wide), ..chart }
    }
}

impl Table {
    /// A table with a head and rows.
    pub(super) fn new(columns: &[&str], rows: impl Iterator<Item = Vec<String>>) -> Self {
        let columns = columns.iter().map(|&column| column.to_owned()).collect();
        Table { columns, rows: rows.collect() }
    }
}
