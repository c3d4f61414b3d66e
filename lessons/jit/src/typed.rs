//! The form between bytecode and Cranelift: a type at every place.

use ::interpreted::{Comparison, Operator};

use crate::bailout::Cause;
use crate::types::Type;

/// A function with a type at every place: the bytecode for the argument types of one call.
///
/// A stack machine without a stack: each local, and each place on the stack, is one register for every type
/// that it has. A block has one version for every combination of types that reaches it.
#[derive(Debug, Clone, PartialEq)]
pub struct TypedFunction {
    /// The name of the function, with its types: `total(i64)`.
    pub name: String,
    /// The registers of the arguments.
    pub parameters: Vec<Register>,
    /// What it returns.
    pub result: Type,
    /// Name and type of every register.
    pub registers: Vec<(String, Type)>,
    /// The types where each block begins, as text.
    pub notes: Vec<String>,
    /// The blocks; the first is the entry.
    pub blocks: Vec<Block>,
}

/// The number of a register of [`TypedFunction`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Register(pub usize);

/// Steps that run one after the other, and their end.
#[derive(Debug, Clone, PartialEq)]
pub struct Block {
    /// The steps, each with its line of the source.
    pub steps: Vec<(u32, Step)>,
    /// The end, with its line.
    pub end: (u32, End),
}

/// One step.
#[derive(Debug, Clone, PartialEq)]
pub enum Step {
    /// A number of the source.
    Constant(Register, Constant),
    /// A copy: the name changes, the machine code mostly does not.
    Copy(Register, Register),
    /// Arithmetic on two registers of the result's type, or of its operands' for a comparison.
    Binary(Register, Operator, Register, Register),
    /// A comparison of two registers of the same type.
    Compare(Register, Comparison, Register, Register),
    /// The value as the type of the first register: Python's conversion when types meet.
    Convert(Register, Register),
    /// As `Convert`, but only where a float can hold the integer exactly.
    ConvertExactly(Register, Register),
    /// Minus the value.
    Negate(Register, Register),
    /// The value without its sign.
    Absolute(Register, Register),
    /// Every bit inverted.
    Invert(Register, Register),
    /// The truth of the value.
    Truth(Register, Register),
    /// The negation of a truth.
    Not(Register, Register),
    /// The second or the third operand, depending on their comparison: `min` and `max`.
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
    /// Continue with another block.
    Jump(usize),
    /// Continue with the first block if the truth is true, else with the second.
    Branch(Register, usize, usize),
    /// Take the next number of a range and continue with the first block; at its end, with the second.
    Next {
        /// The range.
        range: Register,
        /// The register of the number.
        number: Register,
        /// The block for a number.
        body: usize,
        /// The block for the end of the range.
        done: usize,
    },
    /// Return to the caller.
    Return(Register),
    /// Bail out.
    BailOut(Cause),
}

impl TypedFunction {
    /// The type of a register.
    pub fn of(&self, register: Register) -> &Type {
        &self.registers[register.0].1
    }
}
