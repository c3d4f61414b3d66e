use std::fmt;

use crate::Span;

/// How the error for what the language lacks ends.
const UNSUPPORTED: &str = " is not in the subset of Python that this lesson runs";

/// Which of Python's names the error has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SyntaxKind {
    /// `SyntaxError`
    Syntax,
    /// `IndentationError`
    Indentation,
    /// `TabError`
    Tab,
    /// `RecursionError`: the program is nested too deeply to be compiled.
    Recursion,
}

/// Why a text does not compile. Found before anything runs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SyntaxError {
    /// Which of Python's names it has.
    pub kind: SyntaxKind,
    /// What is wrong, in Python's words where it has any.
    pub message: String,
    /// Where.
    pub span: Span,
}

impl SyntaxError {
    /// A `SyntaxError`.
    pub fn new(message: impl Into<String>, span: Span) -> Self {
        SyntaxError { kind: SyntaxKind::Syntax, message: message.into(), span }
    }

    /// An `IndentationError`.
    pub fn indentation(message: impl Into<String>, span: Span) -> Self {
        SyntaxError { kind: SyntaxKind::Indentation, ..Self::new(message, span) }
    }

    /// Something that Python has and this language does not.
    pub fn unsupported(what: &str, span: Span) -> Self {
        Self::new(format!("{what}{UNSUPPORTED}"), span)
    }

    /// Whether it is such an error.
    pub(crate) fn is_unsupported(&self) -> bool {
        self.message.ends_with(UNSUPPORTED)
    }

    /// A program that is nested too deeply.
    pub fn too_deep(span: Span) -> Self {
        let message = "maximum recursion depth exceeded during compilation";
        SyntaxError { kind: SyntaxKind::Recursion, ..Self::new(message, span) }
    }
}

impl fmt::Display for SyntaxError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = match self.kind {
            SyntaxKind::Syntax => "SyntaxError",
            SyntaxKind::Indentation => "IndentationError",
            SyntaxKind::Tab => "TabError",
            SyntaxKind::Recursion => "RecursionError",
        };
        write!(f, "{name}: {}", self.message)
    }
}

impl std::error::Error for SyntaxError {}
