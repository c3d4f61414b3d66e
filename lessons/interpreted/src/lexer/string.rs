use super::{Lexer, Token};
use crate::{Span, SyntaxError};

impl Lexer {
    /// Reads a string; `prefix` stands before its quotes.
    pub(super) fn string(&mut self, prefix: &str) -> Result<(), SyntaxError> {
        let start = self.here();
        self.at += prefix.len();
        let quote = self.text[self.at];
        for (letter, what) in [('b', "a bytes literal"), ('f', "an f-string")] {
            if prefix.contains(letter) {
                let span = self.since(start);
                return Err(SyntaxError::unsupported(what, span));
            }
        }
        let triple = self.peek(1) == Some(quote) && self.peek(2) == Some(quote);
        self.at += if triple { 3 } else { 1 };
        let raw = prefix.contains('r');
        let mut text = String::new();
        // What is wrong with an escape counts only once the string has an end.
        let mut wrong = None;
        let body = self.at;
        loop {
            let Some(letter) = self.peek(0) else {
                return Err(self.unterminated(triple, start));
            };
            let closes = letter == quote
                && (!triple || (self.peek(1) == Some(quote) && self.peek(2) == Some(quote)));
            if closes {
                self.at += if triple { 3 } else { 1 };
                break;
            }
            match letter {
                '\n' if !triple => return Err(self.unterminated(false, start)),
                '\n' => {
                    text.push('\n');
                    self.at += 1;
                    self.begin_line();
                }
                '\\' if raw => {
                    text.push('\\');
                    self.at += 1;
                    if let Some(next) = self.peek(0) {
                        text.push(next);
                        self.at += 1;
                        if next == '\n' {
                            self.begin_line();
                        }
                    }
                }
                '\\' => {
                    if let Err(error) = self.escape(&mut text, body, start) {
                        wrong.get_or_insert(error);
                    }
                }
                _ => {
                    text.push(letter);
                    self.at += 1;
                }
            }
        }
        let span = self.since(start);
        self.push(wrong.map_or(Token::Str(text), Token::WrongStr), span);
        Ok(())
    }

    /// Reads an escape sequence of a string whose text begins at `body`.
    fn escape(&mut self, text: &mut String, body: usize, start: Span) -> Result<(), SyntaxError> {
        self.at += 1;
        let Some(letter) = self.peek(0) else { return Ok(()) };
        self.at += 1;
        match letter {
            '\n' => self.begin_line(),
            'n' => text.push('\n'),
            't' => text.push('\t'),
            'r' => text.push('\r'),
            'a' => text.push('\u{7}'),
            'b' => text.push('\u{8}'),
            'f' => text.push('\u{c}'),
            'v' => text.push('\u{b}'),
            '\\' | '\'' | '"' => text.push(letter),
            '0'..='7' => {
                let mut code = letter.to_digit(8).unwrap_or(0);
                for _ in 0..2 {
                    let Some(digit) = self.peek(0).and_then(|digit| digit.to_digit(8)) else {
                        break;
                    };
                    code = code * 8 + digit;
                    self.at += 1;
                }
                text.extend(char::from_u32(code));
            }
            'x' => self.code(text, 2, "\\xXX", body, start)?,
            'u' => self.code(text, 4, "\\uXXXX", body, start)?,
            'U' => self.code(text, 8, "\\UXXXXXXXX", body, start)?,
            'N' => return Err(SyntaxError::unsupported("a character by its name", self.here())),
            other => {
                text.push('\\');
                text.push(other);
            }
        }
        Ok(())
    }

    /// A character by its number, in `length` hexadecimal digits.
    fn code(
        &mut self,
        text: &mut String,
        length: usize,
        form: &str,
        body: usize,
        start: Span,
    ) -> Result<(), SyntaxError> {
        // CPython counts bytes; a letter that is not ASCII has become ten of them: `\\U000000e9`.
        let width = |letter: &char| if letter.is_ascii() { 1 } else { 10 };
        let first: usize = self.text[body..self.at - 2].iter().map(width).sum();
        let wrong = |digits: usize, what: &str| {
            let last = first + 1 + digits;
            format!(
                "(unicode error) 'unicodeescape' codec can't decode bytes in position \
                 {first}-{last}: {what}"
            )
        };
        let digits: String = (0..length)
            .map_while(|index| self.peek(index))
            .take_while(char::is_ascii_hexdigit)
            .collect();
        if digits.len() < length {
            let message = wrong(digits.len(), &format!("truncated {form} escape"));
            return Err(SyntaxError::new(message, self.since(start)));
        }
        self.at += length;
        let code = u32::from_str_radix(&digits, 16).unwrap_or(u32::MAX);
        match char::from_u32(code) {
            Some(letter) => text.push(letter),
            None if code > u32::from(char::MAX) => {
                let message = wrong(length, "illegal Unicode character");
                return Err(SyntaxError::new(message, self.since(start)));
            }
            None => {
                return Err(SyntaxError::unsupported(
                    "half of a surrogate pair",
                    self.since(start),
                ));
            }
        }
        Ok(())
    }

    fn unterminated(&self, triple: bool, start: Span) -> SyntaxError {
        let what = if triple { "triple-quoted string" } else { "string" };
        // A line that ends the text is none of its own.
        let after = u32::from(self.line_start == self.text.len());
        let line = self.line - after;
        let message = format!("unterminated {what} literal (detected at line {line})");
        SyntaxError::new(message, Span { end_column: start.column + 1, ..start })
    }
}
