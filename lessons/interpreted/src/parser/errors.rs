//! Which of several errors is shown: the one that Python's parser finds, too.

use super::{INVALID, KEYWORDS, NO_BLOCK, Parser};
use crate::lexer::{AT_LINE_ENDS, NEVER_CLOSED, Token};
use crate::{SyntaxError, SyntaxKind};

impl Parser {
    /// Prefers an error that the lexer finds further down to `invalid syntax`, as Python does.
    pub(super) fn best_error(&mut self, error: SyntaxError) -> SyntaxError {
        if error.message == INVALID
            && self.begins_value()
            && let Some(wrong) = self.error_ahead()
        {
            return wrong;
        }
        let plain = error.kind == SyntaxKind::Syntax && error.message.starts_with(INVALID);
        let error = if plain { self.legacy().unwrap_or(error) } else { error };
        let Some(Token::Error(wrong)) = self.tokens.last().map(|last| &last.token) else {
            return error;
        };
        let replaceable = error.kind == SyntaxKind::Syntax || error.message.starts_with(NO_BLOCK);
        let replaces =
            wrong.kind == SyntaxKind::Syntax && !AT_LINE_ENDS.contains(&wrong.message.as_str());
        // An open bracket is only to blame for what is wrong on the lines below it.
        let open = wrong.message.ends_with(NEVER_CLOSED);
        let blamed = !open || error.span.end_line > wrong.span.line;
        if replaceable && !error.is_unsupported() && replaces && blamed {
            wrong.clone()
        } else {
            error
        }
    }

    /// The error behind a value in brackets, whose tokens begin at `first`.
    pub(super) fn comma(&mut self, first: usize) -> SyntaxError {
        let wrong = self.unexpected();
        let unknown = match (&self.tokens[first].token, &self.tokens[first + 1].token) {
            (Token::Name(_), Token::Str(_) | Token::WrongStr(_)) => true,
            (Token::Name(word), _) => ["_", "match", "case"].contains(&word.as_str()),
            _ => false,
        };
        if wrong.message != INVALID || !self.begins_value() || unknown {
            return wrong;
        }
        if let Some(error) = self.error_ahead() {
            return error;
        }
        let span = self.tokens[first].span.to(self.span());
        SyntaxError::new("invalid syntax. Perhaps you forgot a comma?", span)
    }

    /// The error of a statement of Python 2, `print x`, in the line where the parser gave up.
    fn legacy(&self) -> Option<SyntaxError> {
        let ends = |token: &Token| {
            matches!(token, Token::Newline | Token::Indent | Token::Dedent | Token::Mark(";"))
        };
        let before = &self.tokens[..self.at];
        let start = before.iter().rposition(|spanned| ends(&spanned.token)).map_or(0, |at| at + 1);
        // A whole expression begins there, not an operand of one.
        let whole = |at: usize| match &self.tokens[at - 1].token {
            Token::Mark(mark) => mark.ends_with(['=', '(', ',', ':', '[']),
            Token::Name(word) => {
                ["return", "if", "elif", "while", "else", "in"].contains(&word.as_str())
            }
            _ => false,
        };
        let (at, word) = (start..self.at).find_map(|at| match &self.tokens[at].token {
            Token::Name(word) if word == "print" || word == "exec" => {
                let argument = begins(&self.tokens[at + 1].token);
                (argument && (at == start || whole(at))).then_some((at, word))
            }
            _ => None,
        })?;
        let message = format!("Missing parentheses in call to '{word}'. Did you mean {word}(...)?");
        Some(SyntaxError::new(message, self.tokens[at].span.to(self.tokens[at + 1].span)))
    }

    /// Whether a value stands here, where none can stand behind another one.
    fn begins_value(&self) -> bool {
        match self.peek() {
            Token::Int(_) | Token::Float(_) | Token::Str(_) | Token::WrongStr(_) => true,
            Token::Mark("~") => self.peek_next().is_some_and(begins),
            Token::Name(word) if word == "not" => self.peek_next().is_some_and(begins),
            Token::Name(word) => {
                ["None", "True", "False"].contains(&word.as_str())
                    || !KEYWORDS.contains(&word.as_str())
            }
            _ => false,
        }
    }

    /// The error of the lexer that Python's parser finds as it tries to read a value here.
    fn error_ahead(&mut self) -> Option<SyntaxError> {
        let (at, depth) = (self.at, self.depth);
        let _ = self.expression(); // Only how far it gets counts.
        let error = match self.peek() {
            Token::Error(error) => Some(error.clone()),
            _ => None,
        };
        (self.at, self.depth) = (at, depth);
        error
    }
}

/// Whether a token may begin an expression, in which it is no bracket.
fn begins(token: &Token) -> bool {
    match token {
        Token::Int(_) | Token::Float(_) | Token::Str(_) | Token::WrongStr(_) => true,
        Token::Mark(mark) => ["-", "+", "~", "[", "{", "..."].contains(mark),
        Token::Name(word) => {
            ["None", "True", "False", "not", "lambda"].contains(&word.as_str())
                || !KEYWORDS.contains(&word.as_str())
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use crate::parse;

    #[test]
    fn what_is_wrong_is_said_in_pythons_words() {
        let comma = "invalid syntax. Perhaps you forgot a comma?";
        let print = "Missing parentheses in call to 'print'. Did you mean print(...)?";
        let equals = "invalid syntax. Maybe you meant '==' or ':=' instead of '='?";
        for (text, message) in [
            ("x = 1; print x", print),
            ("f(print x)", print),
            ("exec x", "Missing parentheses in call to 'exec'. Did you mean exec(...)?"),
            ("x = 2 %print y", "invalid syntax"),
            ("f(a b)", comma),
            ("f(a not b)", comma),
            ("(a ~b)", comma),
            ("f(sep=1 sep=2)", comma),
            ("f(a not, b)", "invalid syntax"),
            ("f(x 'a')", "invalid syntax"),
            ("f(a b(", "'(' was never closed"),
            ("while True print(1", "'(' was never closed"),
            ("a?“", "invalid character '“' (U+201C)"),
            ("0b2", "invalid digit '2' in binary literal"),
            ("0o1_9", "invalid digit '9' in octal literal"),
            ("None = ", "cannot assign to None"),
            ("f() = ", "cannot assign to function call"),
            (
                "f() = 1",
                "cannot assign to function call here. Maybe you meant '==' instead of '='?",
            ),
            ("a < b = 3", "cannot assign to comparison"),
            ("for f() in x: pass", "cannot assign to function call"),
            ("f(1=2)", "expression cannot contain assignment, perhaps you meant \"==\"?"),
            ("if x = 1: pass", equals),
            ("(x = 1)", equals),
            ("if x = pass: y", "invalid syntax"),
            ("for i in 5 print(i)", "invalid syntax"),
            ("if 1:\nprint(1))", "unmatched ')'"),
            ("+ ='\\x1'", "invalid syntax"),
            ("x = ur'a'", "invalid syntax"),
            ("esle:\n    x", "invalid syntax"),
            ("deff(a): x", "illegal target for annotation"),
        ] {
            assert_eq!(parse(text).expect_err(text).message, message, "{text}");
        }
    }
}
