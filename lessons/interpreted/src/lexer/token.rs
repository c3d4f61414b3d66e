use num_bigint::BigInt;

use crate::{Span, SyntaxError};

/// A token, and where it stands.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct SpannedToken {
    pub token: Token,
    pub span: Span,
}

/// The words of the language.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Token {
    /// A name or a keyword.
    Name(String),
    Int(BigInt),
    Float(f64),
    Str(String),
    /// An operator, a bracket or a mark of punctuation.
    Mark(&'static str),
    Newline,
    Indent,
    Dedent,
    End,
    /// No token could be made from here on.
    Error(SyntaxError),
}
