//! From text to tokens. Indentation becomes tokens, too: `Indent` and `Dedent`.

mod indentation;
mod number;
mod string;
mod token;

pub(crate) use token::{SpannedToken, Token};

use crate::parser::is_keyword;
use crate::unicode::{is_printable, no_name, normalised};
use crate::{Span, SyntaxError};
use indentation::Indentation;

/// The most nested brackets, as in CPython's tokenizer (MAXLEVEL).
const BRACKETS: usize = 200;

/// How the message about an open bracket ends.
pub(crate) const NEVER_CLOSED: &str = "was never closed";

/// The messages that CPython only gives where its parser gets there: about the ends of lines.
pub(crate) const AT_LINE_ENDS: [&str; 2] =
    ["unexpected character after line continuation character", "unexpected EOF while parsing"];

/// The operators and marks, longest first.
const MARKS: [&str; 51] = [
    "**=", "//=", ">>=", "<<=", "...", "**", "//", ">>", "<<", "<=", ">=", "==", "!=", "->", "+=",
    "-=", "*=", "/=", "%=", "&=", "|=", "^=", "@=", ":=", "+", "-", "*", "/", "%", "&", "|", "^",
    "~", "<", ">", "@", "(", ")", "[", "]", "{", "}", ",", ":", ".", ";", "=",
    // These have no meaning, which the parser finds out.
    "!", "$", "?", "`",
];

/// What may stand before the quotes of a string.
const PREFIXES: [&str; 8] = ["r", "u", "b", "f", "br", "rb", "fr", "rf"];

/// Splits a text into tokens.
///
/// An error becomes the last token: one that the parser finds earlier in the text takes precedence.
pub(crate) fn lex(source: &str) -> Vec<SpannedToken> {
    let mut lexer = Lexer::new(source);
    if let Err(error) = lexer.all() {
        let span = error.span;
        lexer.tokens.push(SpannedToken { token: Token::Error(error), span });
    }
    lexer.tokens
}

/// Whether it is read as a part of a name; whether the name is one is decided at its end.
fn is_of_name(letter: char) -> bool {
    letter == '_' || letter.is_ascii_alphanumeric() || !letter.is_ascii()
}

/// The text, and how far it is read.
struct Lexer {
    text: Vec<char>,
    at: usize,
    line: u32,
    line_start: usize,
    /// Whether this line goes on with the one before, and has no indentation of its own.
    joined: bool,
    indentation: Indentation,
    brackets: Vec<(char, Span)>,
    /// Where the first line with a null byte begins: nothing is read from there on.
    null: usize,
    tokens: Vec<SpannedToken>,
}

impl Lexer {
    fn new(source: &str) -> Self {
        let source = source.strip_prefix('\u{feff}').unwrap_or(source);
        let text: Vec<char> = source.replace("\r\n", "\n").replace('\r', "\n").chars().collect();
        let null = text.iter().position(|letter| *letter == '\0').map(|null| {
            let line = text[..null].iter().rposition(|letter| *letter == '\n');
            line.map_or(0, |end| end + 1)
        });
        Lexer {
            text,
            at: 0,
            line: 1,
            line_start: 0,
            joined: false,
            indentation: Indentation::default(),
            brackets: Vec::new(),
            null: null.unwrap_or(usize::MAX),
            tokens: Vec::new(),
        }
    }

    fn all(&mut self) -> Result<(), SyntaxError> {
        while self.at < self.text.len() {
            if self.line_start >= self.null {
                return Err(SyntaxError::new("source code cannot contain null bytes", self.here()));
            }
            let line_is_new = self.at == self.line_start && !self.joined;
            if line_is_new && self.brackets.is_empty() && !self.indent()? {
                continue;
            }
            self.token()?;
        }
        if let Some((bracket, span)) = self.brackets.last() {
            return Err(SyntaxError::new(format!("'{bracket}' {NEVER_CLOSED}"), *span));
        }
        if self.tokens.last().is_some_and(|last| last.token != Token::Newline) {
            self.push(Token::Newline, self.here());
        }
        let last = Span { line: self.line, end_line: self.line, ..Span::default() };
        for _ in 0..self.indentation.close() {
            self.push(Token::Dedent, last);
        }
        self.push(Token::End, last);
        Ok(())
    }

    /// Reads the spaces before a line. Returns whether the line has any tokens.
    fn indent(&mut self) -> Result<bool, SyntaxError> {
        let start = self.at;
        while matches!(self.peek(0), Some(' ' | '\t' | '\u{c}')) {
            self.at += 1;
        }
        if matches!(self.peek(0), Some('\n' | '#') | None) {
            self.skip_comment();
            if self.peek(0) == Some('\n') {
                self.at += 1;
                self.begin_line();
            }
            return Ok(false);
        }
        let spaces: String = self.text[start..self.at].iter().collect();
        for token in self.indentation.line(&spaces, self.here())? {
            self.push(token, self.here());
        }
        Ok(true)
    }

    /// Reads one token after the indentation.
    fn token(&mut self) -> Result<(), SyntaxError> {
        let start = self.here();
        match self.text[self.at] {
            ' ' | '\t' | '\u{c}' => self.at += 1,
            '#' => self.skip_comment(),
            '\n' => {
                if self.brackets.is_empty() {
                    self.push(Token::Newline, start);
                }
                self.at += 1;
                self.begin_line();
            }
            '\\' => self.continuation(start)?,
            '0'..='9' => self.number()?,
            '.' if matches!(self.peek(1), Some('0'..='9')) => self.number()?,
            '"' | '\'' => self.string("")?,
            letter if is_of_name(letter) => self.name()?,
            other => self.mark(other, start)?,
        }
        Ok(())
    }

    fn continuation(&mut self, start: Span) -> Result<(), SyntaxError> {
        self.at += 1;
        match self.peek(0) {
            Some('\n') if self.at + 1 == self.text.len() => {
                Err(SyntaxError::new(AT_LINE_ENDS[1], start))
            }
            Some('\n') => {
                self.at += 1;
                self.begin_line();
                self.joined = true;
                Ok(())
            }
            None => Err(SyntaxError::new(AT_LINE_ENDS[1], start)),
            Some(_) => Err(SyntaxError::new(AT_LINE_ENDS[0], self.since(start))),
        }
    }

    fn name(&mut self) -> Result<(), SyntaxError> {
        let start = self.here();
        let begin = self.at;
        while self.peek(0).is_some_and(is_of_name) {
            self.at += 1;
        }
        if let Some(wrong) = no_name(&self.text[begin..self.at]) {
            self.at = begin + wrong;
            return Err(self.invalid(self.text[self.at]));
        }
        let name: String = self.text[begin..self.at].iter().collect();
        if matches!(self.peek(0), Some('"' | '\'')) {
            let prefix = name.to_ascii_lowercase();
            if PREFIXES.contains(&prefix.as_str()) {
                self.at = begin;
                return self.string(&prefix);
            }
        }
        // A name that only becomes a keyword is none, as in Python.
        let normal = normalised(&name);
        let kept = if is_keyword(&normal) { name } else { normal };
        self.push(Token::Name(kept), self.since(start));
        Ok(())
    }

    /// The error at a character that is in no token.
    fn invalid(&mut self, letter: char) -> SyntaxError {
        let start = self.here();
        self.at += 1;
        let code = u32::from(letter);
        let message = match letter {
            _ if is_printable(letter) => format!("invalid character '{letter}' (U+{code:04X})"),
            _ => format!("invalid non-printable character U+{code:04X}"),
        };
        SyntaxError::new(message, self.since(start))
    }

    fn mark(&mut self, first: char, start: Span) -> Result<(), SyntaxError> {
        let found = MARKS.into_iter().find(|mark| {
            mark.chars().enumerate().all(|(index, letter)| self.peek(index) == Some(letter))
        });
        let Some(mark) = found else {
            return Err(self.invalid(first));
        };
        self.at += mark.len();
        let span = self.since(start);
        match first {
            '(' | '[' | '{' if self.brackets.len() == BRACKETS => {
                return Err(SyntaxError::new("too many nested parentheses", span));
            }
            '(' | '[' | '{' => self.brackets.push((first, span)),
            ')' | ']' | '}' => self.close(first, span)?,
            _ => {}
        }
        self.push(Token::Mark(mark), span);
        Ok(())
    }

    fn close(&mut self, bracket: char, span: Span) -> Result<(), SyntaxError> {
        let Some((open, opened)) = self.brackets.pop() else {
            return Err(SyntaxError::new(format!("unmatched '{bracket}'"), span));
        };
        if matches!((open, bracket), ('(', ')') | ('[', ']') | ('{', '}')) {
            return Ok(());
        }
        let mut message =
            format!("closing parenthesis '{bracket}' does not match opening parenthesis '{open}'");
        if opened.line != span.line {
            message += &format!(" on line {}", opened.line);
        }
        Err(SyntaxError::new(message, span))
    }

    fn skip_comment(&mut self) {
        while self.peek(0).is_some_and(|letter| letter != '\n') {
            self.at += 1;
        }
    }

    fn begin_line(&mut self) {
        self.line += 1;
        self.line_start = self.at;
        self.joined = false;
    }

    fn peek(&self, ahead: usize) -> Option<char> {
        self.text.get(self.at + ahead).copied()
    }

    /// The place of the next character.
    fn here(&self) -> Span {
        let column = u32::try_from(self.at - self.line_start).unwrap_or(u32::MAX);
        let (line, end_column) = (self.line, column.saturating_add(1));
        Span { line, column, end_line: line, end_column }
    }

    /// From `start` to what was read last.
    fn since(&self, start: Span) -> Span {
        Span { end_line: self.line, end_column: self.here().column, ..start }
    }

    fn push(&mut self, token: Token, span: Span) {
        self.tokens.push(SpannedToken { token, span });
    }
}
