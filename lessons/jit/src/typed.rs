//! The form between bytecode and cranelift: a type at every place.

use ::interpreted::{Comparison, Operator};

use crate::bailout::Cause;
use crate::types::Type;

/// A function with a type at every place: what the types of a call make of the bytecode.
///
/// A stack machine without a stack: each local, and each place on the stack, is a register for every
/// type that it is seen with. A block has one version for every combination of types that reaches it.
#[derive(Debug, Clone, PartialEq)]
pub struct TypedFunction {
    /// The name of the function, with its types: `total(i64)`.
    pub name: String,
    /// The registers that the arguments come in.
    pub parameters: Vec<Register>,
    /// What it returns.
    pub result: Type,
    /// Name and type of every register.
    pub registers: Vec<(String, Type)>,
    /// What is known where each block begins, in words.
    pub notes: Vec<String>,
    /// The blocks; the first is where it begins.
    pub blocks: Vec<Block>,
}

/// The number of a register of [`TypedFunction`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Register(pub usize);

/// Steps that run one after the other, and where they lead.
#[derive(Debug, Clone, PartialEq)]
pub struct Block {
    /// What is done, with the line of the source that asks for it.
    pub steps: Vec<(u32, Step)>,
    /// Where it goes on, with the line.
    pub end: (u32, End),
}

/// One step.
#[derive(Debug, Clone, PartialEq)]
pub enum Step {
    /// A number of the source.
    Constant(Register, Constant),
    /// A copy: names change, machine code mostly does not.
    Copy(Register, Register),
    /// Arithmetic on two registers of the result's type, or of its operands' for a comparison.
    Binary(Register, Operator, Register, Register),
    /// A comparison of two registers of the same type.
    Compare(Register, Comparison, Register, Register),
    /// The value as the type of the first register: what Python does when types meet.
    Convert(Register, Register),
    /// As `Convert`, but only where a float can hold the integer exactly.
    ConvertExactly(Register, Register),
    /// Minus the value.
    Negate(Register, Register),
    /// The value without its sign.
    Absolute(Register, Register),
    /// Every bit the other way round.
    Invert(Register, Register),
    /// Whether the value counts as true.
    Truth(Register, Register),
    /// The opposite of a truth.
    Not(Register, Register),
    /// The second or the third, as the comparison of the two says: `min` and `max`.
    Choose(Register, Comparison, Register, Register),
    /// A range from start, stop and step.
    Range(Register, [Register; 3]),
    /// A struct of its fields.
    Make(Register, Vec<Register>),
    /// A field of a struct, by the number of its first part.
    Field(Register, Register, usize),
    /// A call of the function with this number in the same program.
    Call(Register, usize, Vec<Register>),
}

impl Step {
    /// Where its result goes.
    pub fn result_mut(&mut self) -> &mut Register {
        match self {
            Step::Constant(result, _)
            | Step::Copy(result, _)
            | Step::Binary(result, ..)
            | Step::Compare(result, ..)
            | Step::Convert(result, _)
            | Step::ConvertExactly(result, _)
            | Step::Negate(result, _)
            | Step::Absolute(result, _)
            | Step::Invert(result, _)
            | Step::Truth(result, _)
            | Step::Not(result, _)
            | Step::Choose(result, ..)
            | Step::Range(result, _)
            | Step::Make(result, _)
            | Step::Field(result, ..)
            | Step::Call(result, ..) => result,
        }
    }
}

/// A number of the source.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Constant {
    /// An integer, signed or unsigned as the register is.
    Int(i128),
    /// A float.
    Float(f64),
    /// A truth.
    Bool(bool),
    /// `None`.
    None,
}

/// How a block ends.
#[derive(Debug, Clone, PartialEq)]
pub enum End {
    /// On with another block.
    Jump(usize),
    /// On with the first block if the truth is true, else with the second.
    Branch(Register, usize, usize),
    /// The next number of a range and on with the first block; at its end, with the second.
    Next {
        /// The range.
        range: Register,
        /// Where the number goes.
        number: Register,
        /// On with this.
        body: usize,
        /// Or with this, when the range is at its end.
        done: usize,
    },
    /// Back to the caller.
    Return(Register),
    /// The call is given up.
    BailOut(Cause),
}

impl TypedFunction {
    /// The type of a register.
    pub fn of(&self, register: Register) -> &Type {
        &self.registers[register.0].1
    }
}
