//! Text that fits a terminal: tables without lines, wrapped sentences.

use std::fmt::Write;

use anstyle::{AnsiColor, Style};
use comfy_table::{Cell, CellAlignment, ContentArrangement, Table, presets};

/// No line is wider than this.
const WIDTH: usize = 80;

/// Headings.
pub const BOLD: Style = Style::new().bold();
/// Footnotes.
pub const DIM: Style = Style::new().dimmed();

/// A table without lines: the first column to the left, the others to the right; from column
/// `left_from` on the last one is text and goes to the left again.
pub fn plain_table(
    columns: &[String],
    rows: impl Iterator<Item = Vec<String>>,
    left_from: usize,
) -> String {
    let last = columns.len() - 1;
    let mut table = Table::new();
    table.load_style(presets::NOTHING).set_content_arrangement(ContentArrangement::Disabled);
    let aligned = |(number, text): (usize, &String)| {
        let left = number == 0 || (number == last && left_from == last);
        let alignment = if left { CellAlignment::Left } else { CellAlignment::Right };
        Cell::new(text).set_alignment(alignment)
    };
    table.set_header(columns.iter().enumerate().map(aligned));
    for row in rows {
        table.add_row(row.iter().enumerate().map(aligned));
    }
    for (number, column) in table.column_iter_mut().enumerate() {
        column.set_padding((if number == 0 { 0 } else { 2 }, 0));
    }
    // Narrower gaps where the table would be too wide.
    if table.lines().any(|line| line.trim_end().chars().count() > WIDTH) {
        for column in table.column_iter_mut().skip(1) {
            column.set_padding((1, 0));
        }
    }
    let mut text = String::new();
    for (number, line) in table.lines().enumerate() {
        let line = line.trim_end();
        let style = if number == 0 { BOLD } else { Style::new() };
        let _ = writeln!(text, "{style}{}{style:#}", coloured_verdict(line));
    }
    text
}

/// The verdict at the end of a line, in its colour.
fn coloured_verdict(line: &str) -> String {
    let colours = [
        (" right", AnsiColor::Green),
        (" folded", AnsiColor::Yellow),
        (" skipped", AnsiColor::Yellow),
        (" wrong", AnsiColor::Red),
        (" failed", AnsiColor::Red),
    ];
    let found =
        colours.iter().find_map(|(word, colour)| Some((line.strip_suffix(word)?, word, colour)));
    found.map_or_else(
        || line.to_owned(),
        |(rest, word, colour)| {
            let style = Style::new().fg_color(Some((*colour).into()));
            format!("{rest}{style}{word}{style:#}")
        },
    )
}

/// How wide the terminal is to which standard output goes; 80 columns where it goes elsewhere.
pub fn columns() -> usize {
    terminal_size::terminal_size().map_or(WIDTH, |(width, _)| usize::from(width.0))
}

/// A sentence on lines that fit, each indented by so many columns.
pub fn wrapped(sentence: &str, indent: usize) -> String {
    wrapped_to(sentence, indent, WIDTH)
}

/// The same on lines of so many columns; a word that is longer has a line of its own.
pub fn wrapped_to(sentence: &str, indent: usize, columns: usize) -> String {
    let margin = " ".repeat(indent);
    let mut text = String::new();
    let mut line = margin.clone();
    for word in sentence.split(' ') {
        let started = line.len() > indent;
        if started && line.chars().count() + 1 + word.chars().count() > columns {
            text += &line;
            text.push('\n');
            line.clone_from(&margin);
            line += word;
        } else {
            if started {
                line.push(' ');
            }
            line += word;
        }
    }
    text + &line + "\n"
}
