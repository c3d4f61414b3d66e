use std::fmt::Write;

use course::BOLD;

/// Lines that grow downwards, none of them wider than the canvas.
pub(super) struct Canvas {
    width: usize,
    text: String,
}

/// The blocks that fill an eighth, two eighths, ... of a character.
const EIGHTHS: [char; 7] = ['▏', '▎', '▍', '▌', '▋', '▊', '▉'];

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

/// A bar of `length` characters in a room of `room`; what it could have reached is dotted.
pub(super) fn bar(length: f64, room: usize) -> String {
    let eighths = (length.clamp(0.0, room as f64) * 8.0).round() as usize;
    let mut bar = "█".repeat(eighths / 8);
    bar.extend(eighths.checked_rem(8).and_then(|rest| EIGHTHS.get(rest.wrapping_sub(1))));
    bar
}

/// The same, filled up with dots.
pub(super) fn bar_of_ideal(share: f64, room: usize) -> String {
    let bar = bar(share * room as f64, room);
    let left = room - bar.chars().count();
    bar + &"·".repeat(left)
}

/// The text, cut to `width` characters; a dot at its end says so.
pub(crate) fn cut(text: &str, width: usize) -> String {
    if text.chars().count() <= width {
        return text.to_owned();
    }
    text.chars().take(width.saturating_sub(1)).chain(['…']).take(width).collect()
}

/// The text without what would move the cursor or take more than one column. Names that were read
/// from a file may hold anything.
pub(crate) fn plain(text: &str) -> String {
    let shown = |letter: char| match letter {
        ' '..='~' | '\u{a1}'..='\u{ac}' | '\u{ae}'..='\u{2ff}' | '…' | '▉'..='▏' | '█' => {
            letter
        }
        _ => '?',
    };
    text.chars().map(shown).collect()
}

/// The text on lines of at most `width` characters; longer words are broken.
fn folded(text: &str, width: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut line = String::new();
    let mut length = 0;
    for word in text.split(' ') {
        let mut letters: Vec<char> = word.chars().collect();
        if length > 0 && length + 1 + letters.len() > width {
            lines.push(std::mem::take(&mut line));
            length = 0;
        } else if length > 0 {
            line.push(' ');
            length += 1;
        }
        while letters.len() > width - length {
            line.extend(letters.drain(..width - length));
            lines.push(std::mem::take(&mut line));
            length = 0;
        }
        length += letters.len();
        line.extend(letters);
    }
    lines.push(line);
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bars_have_the_length_they_are_given() {
        assert_eq!(bar(2.5, 10), "██▌");
        assert_eq!(bar(0.0, 10), "");
        assert_eq!(bar(f64::INFINITY, 3), "███");
        assert_eq!(bar(f64::NAN, 3), "");
        assert_eq!(bar_of_ideal(0.5, 4), "██··");
        assert_eq!(bar_of_ideal(7.0, 4), "████");
    }

    #[test]
    fn long_words_are_broken_and_short_ones_are_not() {
        assert_eq!(folded("a bc def", 4), ["a bc", "def"]);
        assert_eq!(folded("abcdefghij k", 4), ["abcd", "efgh", "ij k"]);
    }

    #[test]
    fn nothing_moves_the_cursor() {
        assert_eq!(plain("a\u{1b}[2Jb\n\u{202e}c漢"), "a?[2Jb??c?");
        assert_eq!(cut("abcdef", 4), "abc…");
    }
}
