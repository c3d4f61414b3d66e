//! What Python has and this language does not: refused by name before anything runs.

use std::collections::HashSet;

use crate::lexer::Token;
use crate::syntax::{ExpressionKind, Statement, StatementKind};
use crate::{Span, SyntaxError};

/// Python's built-in functions that this language does not have.
const BUILTINS: &str = "\
    aiter all anext any ascii bin breakpoint bytearray bytes callable chr classmethod compile
    complex copyright credits delattr dict dir divmod enumerate eval exec exit filter format
    frozenset getattr globals hasattr hash help hex id input isinstance issubclass iter list
    locals map memoryview next object oct open ord pow property quit repr reversed round set
    setattr slice sorted staticmethod sum super tuple type zip";

/// The error for a token that only begins or joins what this language does not have.
pub(super) fn of_token(token: &Token, span: Span) -> Option<SyntaxError> {
    let what = match token {
        Token::Mark("[") => "a list or an index ([...])",
        Token::Mark("{") => "a dictionary or a set ({...})",
        Token::Mark("@") => "@ (a decorator or a matrix product)",
        Token::Mark(".") => "an attribute (a name behind a point)",
        Token::Mark(":=") => "the assignment expression :=",
        Token::Mark("...") => "the ellipsis (...)",
        Token::Mark("->") => "an annotation (->)",
        Token::Name(word) => return of_word(word, span),
        _ => return None,
    };
    Some(SyntaxError::unsupported(what, span))
}

/// The same for a keyword.
fn of_word(word: &str, span: Span) -> Option<SyntaxError> {
    let known = [
        "assert", "async", "await", "class", "del", "from", "global", "import", "is", "lambda",
        "nonlocal", "raise", "try", "with", "yield",
    ];
    if word == "in" {
        return None;
    }
    known.contains(&word).then(|| SyntaxError::unsupported(&format!("'{word}'"), span))
}

/// Refuses a program that reads a built-in function that this language does not have.
pub(super) fn check_builtins(body: &[Statement]) -> Result<(), SyntaxError> {
    let (mut assigned, mut read) = (HashSet::new(), Vec::new());
    collect(body, &mut assigned, &mut read);
    let missing = |name: &str| BUILTINS.split_whitespace().any(|builtin| builtin == name);
    read.retain(|(name, _)| missing(name) && !assigned.contains(name));
    match read.into_iter().min_by_key(|(_, span)| (span.line, span.column)) {
        Some((name, span)) => {
            Err(SyntaxError::unsupported(&format!("the function {name}()"), span))
        }
        None => Ok(()),
    }
}

/// The names that are assigned anywhere in a program, and those that are read.
fn collect<'a>(
    body: &'a [Statement],
    assigned: &mut HashSet<&'a str>,
    read: &mut Vec<(&'a str, Span)>,
) {
    for statement in body {
        assigned.extend(statement.targets().into_iter().map(|name| name.text.as_str()));
        if let StatementKind::Define(_, parameters, _) = &statement.kind {
            assigned.extend(parameters.iter().map(|name| name.text.as_str()));
        }
        let mut expressions = statement.expressions();
        while let Some(expression) = expressions.pop() {
            if let ExpressionKind::Name(name) = &expression.kind {
                read.push((name, expression.span));
            }
            expressions.extend(expression.parts());
        }
        statement.blocks().into_iter().for_each(|block| collect(block, assigned, read));
    }
}
