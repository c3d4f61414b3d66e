use num_bigint::BigInt;

use super::{Lexer, Token};
use crate::digits::{DIGITS, too_many};
use crate::{Span, SyntaxError};

impl Lexer {
    /// Reads a number: `12`, `1_000`, `0xff`, `0b1`, `0o7`, `1.5`, `.5`, `1e-3`.
    pub(super) fn number(&mut self) -> Result<(), SyntaxError> {
        let start = self.here();
        let base = match (self.peek(0), self.peek(1)) {
            (Some('0'), Some('x' | 'X')) => Some((16, "hexadecimal")),
            (Some('0'), Some('o' | 'O')) => Some((8, "octal")),
            (Some('0'), Some('b' | 'B')) => Some((2, "binary")),
            _ => None,
        };
        if let Some((base, name)) = base {
            self.at += 2;
            if self.peek(0) == Some('_') {
                self.at += 1;
            }
            let digits = self.digits(base, name)?;
            if self.peek(0).is_some_and(|digit| digit.is_ascii_digit()) {
                return Err(self.no_digit(0, name));
            }
            return self.end(&digits, base, name, start);
        }
        let mut text = String::new();
        if self.peek(0) != Some('.') {
            text += &self.digits(10, "decimal")?;
        }
        let mut is_float = false;
        if self.peek(0) == Some('.') {
            is_float = true;
            text.push('.');
            self.at += 1;
            if self.peek(0).is_some_and(|letter| letter.is_ascii_digit()) {
                text += &self.digits(10, "decimal")?;
            }
        }
        let exponent = matches!(self.peek(0), Some('e' | 'E'));
        let signed = usize::from(matches!(self.peek(1), Some('+' | '-')));
        if exponent && self.peek(1 + signed).is_some_and(|letter| letter.is_ascii_digit()) {
            is_float = true;
            text.push('e');
            if signed == 1 {
                text.extend(self.peek(1));
            }
            self.at += 1 + signed;
            text += &self.digits(10, "decimal")?;
        }
        if matches!(self.peek(0), Some('j' | 'J')) {
            return Err(SyntaxError::unsupported("a complex number", self.here()));
        }
        if is_float {
            self.check_end("decimal")?;
            let value = text
                .parse()
                .map_err(|_| SyntaxError::new("invalid decimal literal", self.since(start)))?;
            self.push(Token::Float(value), self.since(start));
            return Ok(());
        }
        if text.len() > 1 && text.starts_with('0') && text.bytes().any(|digit| digit != b'0') {
            let message = "leading zeros in decimal integer literals are not permitted; use an 0o \
                           prefix for octal integers";
            return Err(SyntaxError::new(message, self.since(start)));
        }
        if text.len() > DIGITS {
            let message = too_many(Some(text.len()))
                + " - Consider hexadecimal for huge integer literals to avoid decimal conversion limits.";
            return Err(SyntaxError::new(message, self.since(start)));
        }
        self.end(&text, 10, "decimal", start)
    }

    /// Ends an integer.
    fn end(&mut self, digits: &str, base: u32, name: &str, start: Span) -> Result<(), SyntaxError> {
        self.check_end(name)?;
        let value = BigInt::parse_bytes(digits.as_bytes(), base)
            .ok_or_else(|| SyntaxError::new(format!("invalid {name} literal"), self.here()))?;
        self.push(Token::Int(value), self.since(start));
        Ok(())
    }

    /// Digits with single underscores between them.
    fn digits(&mut self, base: u32, name: &str) -> Result<String, SyntaxError> {
        let mut digits = String::new();
        loop {
            match self.peek(0) {
                Some(digit) if digit.is_digit(base) => digits.push(digit),
                Some('_') if !digits.is_empty() => {
                    if !self.peek(1).is_some_and(|digit| digit.is_digit(base)) {
                        return Err(self.no_digit(1, name));
                    }
                }
                _ if digits.is_empty() => return Err(self.no_digit(0, name)),
                _ => return Ok(digits),
            }
            self.at += 1;
        }
    }

    /// The error where a digit should stand.
    fn no_digit(&self, ahead: usize, name: &str) -> SyntaxError {
        let message = match self.peek(ahead).filter(char::is_ascii_digit) {
            Some(digit) => format!("invalid digit '{digit}' in {name} literal"),
            None => format!("invalid {name} literal"),
        };
        SyntaxError::new(message, self.here())
    }

    /// A letter right after a number is an error, except where a keyword begins.
    fn check_end(&self, name: &str) -> Result<(), SyntaxError> {
        let rest: String = self.text[self.at..].iter().take(3).collect();
        let keyword = ["and", "else", "for", "if", "in", "is", "not", "or"];
        match self.peek(0) {
            Some(letter) if letter == '_' || letter.is_ascii_alphabetic() => {
                if keyword.iter().any(|word| rest.starts_with(&word[..word.len().min(3)])) {
                    return Ok(());
                }
                let mut span = self.here();
                span.column = span.column.saturating_sub(1);
                Err(SyntaxError::new(format!("invalid {name} literal"), span))
            }
            _ => Ok(()),
        }
    }
}
