//! What Python has and this language has not: refused by name before anything runs.

use std::collections::HashSet;

use crate::lexer::Token;
use crate::syntax::{Expression, ExpressionKind, Statement, StatementKind};
use crate::{Span, SyntaxError};

/// Names that Python knows without a definition, but not this language.
const BUILTINS: [&str; 63] = [
    "aiter",
    "all",
    "anext",
    "any",
    "ascii",
    "bin",
    "breakpoint",
    "bytearray",
    "bytes",
    "callable",
    "chr",
    "classmethod",
    "compile",
    "complex",
    "copyright",
    "credits",
    "delattr",
    "dict",
    "dir",
    "divmod",
    "enumerate",
    "eval",
    "exec",
    "exit",
    "filter",
    "format",
    "frozenset",
    "getattr",
    "globals",
    "hasattr",
    "hash",
    "help",
    "hex",
    "id",
    "input",
    "isinstance",
    "issubclass",
    "iter",
    "list",
    "locals",
    "map",
    "memoryview",
    "next",
    "object",
    "oct",
    "open",
    "ord",
    "pow",
    "property",
    "quit",
    "repr",
    "reversed",
    "round",
    "set",
    "setattr",
    "slice",
    "sorted",
    "staticmethod",
    "sum",
    "super",
    "tuple",
    "type",
    "zip",
];

/// The name of what a token begins or joins, where it is Python and not of this language.
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
    Some(SyntaxError::outside(what, span))
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
    known.contains(&word).then(|| SyntaxError::outside(&format!("'{word}'"), span))
}

/// Refuses a program that reads one of Python's own functions that this language has not.
pub(super) fn check_builtins(body: &[Statement]) -> Result<(), SyntaxError> {
    let mut given = HashSet::new();
    let mut read = Vec::new();
    walk(body, &mut given, &mut read);
    let missing = read
        .into_iter()
        .find(|(name, _)| BUILTINS.contains(&name.as_str()) && !given.contains(name.as_str()));
    match missing {
        Some((name, span)) => Err(SyntaxError::outside(&format!("the function {name}()"), span)),
        None => Ok(()),
    }
}

fn walk<'a>(
    body: &'a [Statement],
    given: &mut HashSet<&'a str>,
    read: &mut Vec<(&'a String, Span)>,
) {
    for statement in body {
        match &statement.kind {
            StatementKind::Expression(value) | StatementKind::Return(Some(value)) => {
                names(value, read);
            }
            StatementKind::Assign(targets, value) => {
                given.extend(targets.iter().map(|name| name.text.as_str()));
                names(value, read);
            }
            StatementKind::Augmented(name, _, value) => {
                given.insert(&name.text);
                names(value, read);
            }
            StatementKind::If(branches, otherwise) => {
                for (test, block) in branches {
                    names(test, read);
                    walk(block, given, read);
                }
                walk(otherwise, given, read);
            }
            StatementKind::While(test, block, otherwise) => {
                names(test, read);
                walk(block, given, read);
                walk(otherwise, given, read);
            }
            StatementKind::For(name, iterable, block, otherwise) => {
                given.insert(&name.text);
                names(iterable, read);
                walk(block, given, read);
                walk(otherwise, given, read);
            }
            StatementKind::Define(name, parameters, block) => {
                given.insert(&name.text);
                given.extend(parameters.iter().map(|name| name.text.as_str()));
                walk(block, given, read);
            }
            StatementKind::Return(None)
            | StatementKind::Break
            | StatementKind::Continue
            | StatementKind::Pass => {}
        }
    }
}

fn names<'a>(expression: &'a Expression, read: &mut Vec<(&'a String, Span)>) {
    match &expression.kind {
        ExpressionKind::Constant(_) => {}
        ExpressionKind::Name(name) => read.push((name, expression.span)),
        ExpressionKind::Unary(_, operand) => names(operand, read),
        ExpressionKind::Binary(_, left, right) => {
            names(left, read);
            names(right, read);
        }
        ExpressionKind::Compare(first, rest) => {
            names(first, read);
            rest.iter().for_each(|(_, next)| names(next, read));
        }
        ExpressionKind::And(values) | ExpressionKind::Or(values) => {
            values.iter().for_each(|value| names(value, read));
        }
        ExpressionKind::Conditional(parts) => parts.iter().for_each(|part| names(part, read)),
        ExpressionKind::Call(callee, arguments, keywords) => {
            names(callee, read);
            arguments.iter().for_each(|value| names(value, read));
            keywords.iter().for_each(|(_, value)| names(value, read));
        }
    }
}
