//! From tokens to a tree, by recursive descent: one function for each rule of the grammar.

mod errors;
mod expression;
mod statement;
mod target;
mod unsupported;

use crate::lexer::{SpannedToken, Token, lex};
use crate::syntax::{Module, Name};
use crate::{Span, SyntaxError};

/// The deepest nesting of a program. Brackets end at 200 and blocks at 100; this bounds what has no brackets,
/// such as `not not not x` and `1 + 1 + 1 + ...`.
const DEPTH: u32 = 1000;

/// The reserved words.
const KEYWORDS: [&str; 35] = [
    "False", "None", "True", "and", "as", "assert", "async", "await", "break", "class", "continue",
    "def", "del", "elif", "else", "except", "finally", "for", "from", "global", "if", "import",
    "in", "is", "lambda", "nonlocal", "not", "or", "pass", "raise", "return", "try", "while",
    "with", "yield",
];

/// Whether a word is reserved.
pub(crate) fn is_keyword(word: &str) -> bool {
    KEYWORDS.contains(&word)
}

/// Reads a program.
///
/// # Errors
///
/// What is wrong with the text, or which part of Python this language does not have. Nothing has run then.
///
/// # Examples
///
/// ```
/// let module = interpreted::parse("total = 1 + 2\n")?;
/// assert_eq!(module.body.len(), 1);
///
/// let wrong = interpreted::parse("total = = 3\n").unwrap_err();
/// assert_eq!(wrong.to_string(), "SyntaxError: invalid syntax");
/// assert_eq!((wrong.span.line, wrong.span.column), (1, 8));
/// # Ok::<(), interpreted::SyntaxError>(())
/// ```
pub fn parse(source: &str) -> Result<Module, SyntaxError> {
    let mut parser = Parser { tokens: lex(source), at: 0, depth: 0 };
    match parser.module() {
        Ok(module) => Ok(module),
        Err(error) => Err(parser.best_error(error)),
    }
}

/// The message where nothing better is known.
const INVALID: &str = "invalid syntax";

/// How the message about a missing block begins.
const NO_BLOCK: &str = "expected an indented block";

/// The tokens, and the position in them.
struct Parser {
    tokens: Vec<SpannedToken>,
    at: usize,
    depth: u32,
}

impl Parser {
    fn module(&mut self) -> Result<Module, SyntaxError> {
        let mut body = Vec::new();
        while *self.peek() != Token::End {
            self.statements(&mut body)?;
        }
        Ok(Module { body })
    }

    fn peek(&self) -> &Token {
        &self.tokens[self.at].token
    }

    fn peek_next(&self) -> Option<&Token> {
        self.tokens.get(self.at + 1).map(|spanned| &spanned.token)
    }

    fn span(&self) -> Span {
        self.tokens[self.at].span
    }

    /// The span of the previous token.
    fn previous(&self) -> Span {
        self.tokens[self.at.saturating_sub(1)].span
    }

    /// Advances by one token, but never past the last.
    fn next(&mut self) -> Span {
        let span = self.span();
        self.at = (self.at + 1).min(self.tokens.len() - 1);
        span
    }

    fn is_mark(&self, mark: &str) -> bool {
        matches!(self.peek(), Token::Mark(found) if *found == mark)
    }

    fn is_word(&self, word: &str) -> bool {
        matches!(self.peek(), Token::Name(found) if found == word)
    }

    fn take_mark(&mut self, mark: &str) -> bool {
        let found = self.is_mark(mark);
        if found {
            self.next();
        }
        found
    }

    fn take_word(&mut self, word: &str) -> bool {
        let found = self.is_word(word);
        if found {
            self.next();
        }
        found
    }

    fn expect_mark(&mut self, mark: &str) -> Result<(), SyntaxError> {
        if self.take_mark(mark) {
            return Ok(());
        }
        Err(self.unexpected())
    }

    /// The colon before a block. Where it is `forced`, nothing else could stand there.
    fn colon(&mut self, forced: bool) -> Result<(), SyntaxError> {
        if self.take_mark(":") {
            return Ok(());
        }
        if !matches!(self.peek(), Token::Error(_)) && (forced || *self.peek() == Token::Newline) {
            return Err(SyntaxError::new("expected ':'", self.span()));
        }
        Err(self.unexpected())
    }

    /// A name that is not a keyword.
    fn name(&mut self) -> Result<Name, SyntaxError> {
        match self.peek() {
            Token::Name(text) if !KEYWORDS.contains(&text.as_str()) => {
                let text = text.clone();
                Ok(Name { span: self.next(), text })
            }
            _ => Err(self.unexpected()),
        }
    }

    /// The error at a token that cannot stand here.
    fn unexpected(&self) -> SyntaxError {
        match self.peek() {
            Token::Error(error) => error.clone(),
            Token::Indent => SyntaxError::indentation("unexpected indent", self.span()),
            _ => unsupported::of_token(self.peek(), self.span())
                .unwrap_or_else(|| SyntaxError::new(INVALID, self.span())),
        }
    }

    /// Runs `inside` one level of nesting deeper.
    fn nested<T>(
        &mut self,
        inside: impl FnOnce(&mut Self) -> Result<T, SyntaxError>,
    ) -> Result<T, SyntaxError> {
        if self.depth >= DEPTH {
            return Err(SyntaxError::too_deep(self.span()));
        }
        self.depth += 1;
        let result = inside(self);
        self.depth -= 1;
        result
    }
}
