use crate::syntax::{Constant, Expression, ExpressionKind, Name};
use crate::{Sign, SyntaxError};

/// The name that an expression on the left of `=` assigns; an error in Python's words for anything else.
pub(super) fn target(expression: Expression, mark: &str) -> Result<Name, SyntaxError> {
    let span = expression.span;
    let what = match expression.kind {
        ExpressionKind::Name(text) => return Ok(Name { span, text }),
        ExpressionKind::Constant(Constant::None) => "None",
        ExpressionKind::Constant(Constant::Bool(true)) => "True",
        ExpressionKind::Constant(Constant::Bool(false)) => "False",
        ExpressionKind::Constant(_) => "literal",
        ExpressionKind::Compare(..) => "comparison",
        ExpressionKind::Call(..) => "function call",
        ExpressionKind::Conditional(_) => "conditional expression",
        ExpressionKind::Binary(..)
        | ExpressionKind::Unary(..)
        | ExpressionKind::And(_)
        | ExpressionKind::Or(_) => "expression",
    };
    let never = matches!(what, "None" | "True" | "False");
    Err(SyntaxError::new(
        match mark {
            "=" if never => format!("cannot assign to {what}"),
            "=" => format!("cannot assign to {what} here. Maybe you meant '==' instead of '='?"),
            "for" | "= alone" => format!("cannot assign to {what}"),
            _ => format!("'{what}' is an illegal expression for augmented assignment"),
        },
        span,
    ))
}

/// A minus before a number is part of it, as in CPython.
pub(super) fn negated(operand: &Expression) -> Option<Constant> {
    match &operand.kind {
        ExpressionKind::Constant(Constant::Int(value)) => Some(Constant::Int(-value)),
        ExpressionKind::Constant(Constant::Float(value)) => Some(Constant::Float(-value)),
        _ => None,
    }
}

/// The unary operator with this symbol.
pub(super) fn sign(mark: &str) -> Option<Sign> {
    match mark {
        "-" => Some(Sign::Negative),
        "+" => Some(Sign::Positive),
        "~" => Some(Sign::Invert),
        _ => None,
    }
}
