use num_bigint::BigInt;

use crate::{Span, SyntaxError};

/// A token and its span.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct SpannedToken {
    pub token: Token,
    pub span: Span,
}

/// The kinds of tokens.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Token {
    /// A name or a keyword.
    Name(String),
    Int(BigInt),
    Float(f64),
    Str(String),
    /// A string with an escape that is none.
    WrongStr(SyntaxError),
    /// An operator, a bracket or a mark of punctuation.
    Mark(&'static str),
    Newline,
    Indent,
    Dedent,
    End,
    /// The text cannot be split into tokens from here on.
    Error(SyntaxError),
}
