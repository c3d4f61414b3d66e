//! The tree that the parser makes of a program.

use num_bigint::BigInt;

use crate::{Comparison, Operator, Sign, Span};

/// A whole program, as a tree.
#[derive(Debug, Clone, PartialEq)]
pub struct Module {
    /// Its statements, from top to bottom.
    pub body: Vec<Statement>,
}

/// One statement.
#[derive(Debug, Clone, PartialEq)]
pub struct Statement {
    /// Where it stands.
    pub span: Span,
    /// What it is.
    pub kind: StatementKind,
}

/// The kinds of statements.
#[derive(Debug, Clone, PartialEq)]
pub enum StatementKind {
    /// An expression whose value is dropped.
    Expression(Expression),
    /// `a = b = value`
    Assign(Vec<Name>, Expression),
    /// `a += value` and its family.
    Augmented(Name, Operator, Expression),
    /// `if`, then each `elif` with its block, then the block of `else`.
    If(Vec<(Expression, Vec<Statement>)>, Vec<Statement>),
    /// `while test:` and the block of its `else`.
    While(Expression, Vec<Statement>, Vec<Statement>),
    /// `for name in iterable:` and the block of its `else`.
    For(Name, Expression, Vec<Statement>, Vec<Statement>),
    /// `break`
    Break,
    /// `continue`
    Continue,
    /// `pass`
    Pass,
    /// `def name(parameters):`
    Define(Name, Vec<Name>, Vec<Statement>),
    /// `return` and its value.
    Return(Option<Expression>),
}

/// A name that is assigned.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Name {
    /// Where it stands.
    pub span: Span,
    /// The name.
    pub text: String,
}

/// One expression.
#[derive(Debug, Clone, PartialEq)]
pub struct Expression {
    /// Where it stands.
    pub span: Span,
    /// What it is.
    pub kind: ExpressionKind,
}

/// The kinds of expressions.
#[derive(Debug, Clone, PartialEq)]
pub enum ExpressionKind {
    /// A number, a string, `True`, `False` or `None`.
    Constant(Constant),
    /// A name that is read.
    Name(String),
    /// `left + right` and its family.
    Binary(Operator, Box<Expression>, Box<Expression>),
    /// `-operand` and its family.
    Unary(Sign, Box<Expression>),
    /// `first < second < third`
    Compare(Box<Expression>, Vec<(Comparison, Expression)>),
    /// `a and b and c`
    And(Vec<Expression>),
    /// `a or b or c`
    Or(Vec<Expression>),
    /// `value if test else other`, as test, value, other.
    Conditional(Box<[Expression; 3]>),
    /// `callee(arguments, keyword=value)`
    Call(Box<Expression>, Vec<Expression>, Vec<(Name, Expression)>),
}

/// A literal.
#[derive(Debug, Clone, PartialEq)]
pub enum Constant {
    /// `None`
    None,
    /// `True` and `False`
    Bool(bool),
    /// An integer of any size.
    Int(BigInt),
    /// A float.
    Float(f64),
    /// A text.
    Str(String),
}

impl Statement {
    /// The names that it assigns, except in its blocks.
    pub(crate) fn targets(&self) -> Vec<&Name> {
        match &self.kind {
            StatementKind::Assign(names, _) => names.iter().collect(),
            StatementKind::Augmented(name, ..)
            | StatementKind::For(name, ..)
            | StatementKind::Define(name, ..) => vec![name],
            _ => Vec::new(),
        }
    }

    /// The blocks inside it; of a definition, its body.
    pub(crate) fn blocks(&self) -> Vec<&[Statement]> {
        match &self.kind {
            StatementKind::If(branches, otherwise) => {
                let blocks = branches.iter().map(|(_, block)| block);
                blocks.chain([otherwise]).map(Vec::as_slice).collect()
            }
            StatementKind::While(_, body, otherwise)
            | StatementKind::For(_, _, body, otherwise) => vec![body, otherwise],
            StatementKind::Define(_, _, body) => vec![body],
            _ => Vec::new(),
        }
    }
}
