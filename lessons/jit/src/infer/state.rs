use std::rc::Rc;

use ::interpreted::Code;

use crate::typed::{Constant, Register};
use crate::types::Type;

/// What is known about a place: a local variable, or a place on the stack.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Fact {
    /// Nothing was stored there yet.
    Unbound,
    /// A value of this type.
    Type(Type),
    /// A callee.
    Callee(Callee),
}

/// A callee. It takes no register.
#[derive(Debug, Clone)]
pub(super) enum Callee {
    /// A function of the program.
    Function(Rc<Code>),
    /// A built-in function.
    Builtin(String),
}

impl PartialEq for Callee {
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Callee::Function(one), Callee::Function(other)) => Rc::ptr_eq(one, other),
            (Callee::Builtin(one), Callee::Builtin(other)) => one == other,
            _ => false,
        }
    }
}

/// A place on the stack: the fact about it, its register, and its value where the source has it.
#[derive(Debug, Clone)]
pub(super) struct Operand {
    pub(super) fact: Fact,
    pub(super) register: Register,
    pub(super) constant: Option<Constant>,
}

/// The facts where a block begins: these and the place in the code distinguish its versions.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct State {
    pub(super) at: usize,
    pub(super) locals: Vec<Fact>,
    pub(super) stack: Vec<Fact>,
}

impl State {
    /// The types of the locals, for the listing.
    pub(super) fn describe(&self, names: &[String]) -> String {
        let known = names.iter().zip(&self.locals).filter_map(|(name, known)| match known {
            Fact::Type(kind) => Some(format!("{name}: {kind}")),
            _ => None,
        });
        known.collect::<Vec<_>>().join(", ")
    }
}

/// What a register stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Slot {
    Local(usize),
    Stack(usize),
}
