use std::fmt::Write;

use course::BOLD;

use crate::text::{cut, folded, plain};

/// Lines that grow downwards, none of them wider than the canvas.
pub(super) struct Canvas {
    width: usize,
    text: String,
}

impl Canvas {
    pub(super) fn new(width: usize) -> Self {
        Canvas { width, text: String::new() }
    }

    pub(super) fn width(&self) -> usize {
        self.width
    }

    pub(super) fn text(self) -> String {
        self.text
    }

    /// A bold line after an empty one.
    pub(super) fn heading(&mut self, heading: &str) {
        let heading = plain(heading);
        let gap = if self.text.is_empty() { "" } else { "\n" };
        for (number, line) in folded(&heading, self.width).iter().enumerate() {
            let gap = if number == 0 { gap } else { "" };
            writeln!(self.text, "{gap}{BOLD}{line}{BOLD:#}").expect("a string grows");
        }
    }

    /// One line, cut where it is too long.
    pub(super) fn line(&mut self, line: &str) {
        self.text += cut(&plain(line), self.width).trim_end();
        self.text.push('\n');
    }

    /// A sentence over as many lines as it needs.
    pub(super) fn sentence(&mut self, sentence: &str) {
        folded(&plain(sentence), self.width).iter().for_each(|line| self.line(line));
    }

    /// A sentence of a list.
    pub(super) fn item(&mut self, sentence: &str) {
        for (number, line) in folded(&plain(sentence), self.width - 2).iter().enumerate() {
            self.line(&format!("{}{line}", if number == 0 { "- " } else { "  " }));
        }
    }
}
