//! Names and sentences that may come from any file, in the room that they have.

/// The most characters of a name in a chart.
const SHOWN: usize = 24;

/// A name in the space that a label of a chart has.
pub(crate) fn short(name: &str) -> String {
    let plain = |character: char| if character.is_control() { ' ' } else { character };
    cut(&name.chars().map(plain).collect::<String>(), SHOWN)
}

/// The text, cut to `width` characters; a dot at its end says so.
pub(crate) fn cut(text: &str, width: usize) -> String {
    if text.chars().count() <= width {
        return text.to_owned();
    }
    text.chars().take(width.saturating_sub(1)).chain(['…']).take(width).collect()
}

/// The text without what would move the cursor of a terminal or take more than one column.
pub(crate) fn plain(text: &str) -> String {
    let shown = |letter: char| match letter {
        ' '..='~'
        | '\u{a1}'..='\u{ac}'
        | '\u{ae}'..='\u{2ff}'
        | '…'
        | '▉'..='▏'
        | '█'
        | '●'
        | '─'
        | '│'
        | '▒' => letter,
        _ => '?',
    };
    text.chars().map(shown).collect()
}

/// The text without what cannot be seen, and what turns the direction of letters: for a page, in any script.
pub(crate) fn readable(text: &str) -> String {
    let shown = |letter: char| match letter {
        '\u{200b}'..='\u{200f}'
        | '\u{2028}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}'
        | '\u{feff}' => ' ',
        letter if letter.is_control() => ' ',
        letter => letter,
    };
    text.chars().map(shown).collect()
}

/// The text on lines of at most `width` characters; longer words are broken.
pub(crate) fn folded(text: &str, width: usize) -> Vec<String> {
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

/// `a`, `a and b`, `a, b and c`.
pub(crate) fn listed(parts: &[String]) -> String {
    match parts {
        [] => String::new(),
        [only] => only.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_short() {
        assert_eq!(short("scoped"), "scoped");
        assert_eq!(short("a\nb"), "a b");
        assert_eq!(short(&"x".repeat(200)).chars().count(), SHOWN);
        assert_eq!(cut("abcdef", 4), "abc…");
    }

    #[test]
    fn long_words_are_broken_and_short_ones_are_not() {
        assert_eq!(folded("a bc def", 4), ["a bc", "def"]);
        assert_eq!(folded("abcdefghij k", 4), ["abcd", "efgh", "ij k"]);
    }

    #[test]
    fn what_is_readable_stays_in_any_script() {
        assert_eq!(readable("王小明, Ольга\n\u{202e}x"), "王小明, Ольга  x");
    }

    #[test]
    fn nothing_moves_the_cursor() {
        assert_eq!(plain("a\u{1b}[2Jb\n\u{202e}c漢"), "a?[2Jb??c?");
    }
}
