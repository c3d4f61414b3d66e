use draw::Drawing;

use super::{Chart, Section, Table};

/// What a chart says beside its drawing.
pub(super) struct Caption {
    pub(super) name: String,
    pub(super) section: Section,
    pub(super) title: String,
    pub(super) reading: Vec<String>,
    pub(super) table: Table,
}

impl Caption {
    /// The chart of this caption and a drawing.
    pub(super) fn with(self, drawing: Drawing) -> Chart {
        let Caption { name, section, title, reading, table } = self;
        let svg = drawing.picture(&name, &title, &reading.join(" "));
        Chart { name, section, title, reading, svg, table }
    }
}

impl Table {
    /// A table with a head and rows.
    pub(super) fn new(columns: &[&str], rows: impl Iterator<Item = Vec<String>>) -> Self {
        let columns = columns.iter().map(|&column| column.to_owned()).collect();
        Table { columns, rows: rows.collect() }
    }
}
