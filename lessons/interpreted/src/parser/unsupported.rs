//! What Python has and this language does not: refused by name before anything runs.

use crate::lexer::Token;
use crate::{Span, SyntaxError};

/// The error for a token that only begins or joins what this language does not have.
pub(super) fn of_token(token: &Token, span: Span) -> Option<SyntaxError> {
    let what = match token {
        Token::Mark("[") => "a list or an index ([...])",
        Token::Mark("{") => "a dictionary or a set ({...})",
        Token::Mark("@" | "@=") => "@ (a decorator or a matrix product)",
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
