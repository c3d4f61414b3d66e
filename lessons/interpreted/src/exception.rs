use std::fmt;

use crate::Span;

/// Python's names for what can go wrong as a program runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ExceptionKind {
    /// A value of the wrong type.
    TypeError,
    /// A value of the right type that does not fit.
    ValueError,
    /// A name that has no value.
    NameError,
    /// A local variable that has no value yet.
    UnboundLocalError,
    /// A division by zero.
    ZeroDivisionError,
    /// A number that is too large.
    OverflowError,
    /// More memory than a program may have.
    MemoryError,
    /// Functions that call each other without end.
    RecursionError,
    /// The output cannot be written. Not shown as an error of the program.
    OSError,
}

/// What ended a program, and in which calls.
#[derive(Debug, Clone)]
pub struct Exception {
    /// Python's name of it.
    pub kind: ExceptionKind,
    /// What happened, in Python's words.
    pub message: String,
    /// The lines that were running, the outermost last.
    pub traceback: Vec<Location>,
    /// The system's error, where the output could not be written.
    pub cause: Option<std::io::ErrorKind>,
}

/// A line that was running.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Location {
    /// The function.
    pub function: String,
    /// The part of the source.
    pub span: Span,
}

impl Exception {
    /// An exception that has not left any function yet. Boxed, so that results stay small.
    pub fn new(kind: ExceptionKind, message: impl Into<String>) -> Box<Self> {
        Box::new(Exception { kind, message: message.into(), traceback: Vec::new(), cause: None })
    }

    /// A `TypeError`.
    pub fn type_error(message: impl Into<String>) -> Box<Self> {
        Self::new(ExceptionKind::TypeError, message)
    }

    /// A `ValueError`.
    pub fn value_error(message: impl Into<String>) -> Box<Self> {
        Self::new(ExceptionKind::ValueError, message)
    }

    /// An `OverflowError`.
    pub fn overflow(message: impl Into<String>) -> Box<Self> {
        Self::new(ExceptionKind::OverflowError, message)
    }

    /// A `ZeroDivisionError`.
    pub fn zero_division(message: impl Into<String>) -> Box<Self> {
        Self::new(ExceptionKind::ZeroDivisionError, message)
    }

    /// A `MemoryError` of this language, which has less room than Python: says where its bound is.
    pub fn memory(bound: &str) -> Box<Self> {
        Self::new(
            ExceptionKind::MemoryError,
            format!("more than {bound}; this lesson has no room for it"),
        )
    }
}

impl fmt::Display for Exception {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}", self.kind)?;
        if self.message.is_empty() { Ok(()) } else { write!(f, ": {}", self.message) }
    }
}

impl std::error::Error for Exception {}
