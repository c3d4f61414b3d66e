use std::cell::Cell;
use std::rc::Rc;

use super::Value;
use crate::{Instruction, RegisterInstruction, Span};

/// The compiled form of a function, or of the program outside all functions.
#[derive(Debug, Clone)]
pub struct Code {
    /// The name of the function; `<module>` outside of all functions.
    pub name: String,
    /// The line of its `def`.
    pub line: u32,
    /// How many of the local variables are parameters; they are the first ones.
    pub parameters: usize,
    /// The names of the local variables.
    pub varnames: Vec<String>,
    /// The names of global variables: one table for the whole program.
    pub names: Rc<[String]>,
    /// The constants.
    pub constants: Vec<Value>,
    /// The codes of the functions that are defined in it.
    pub functions: Vec<Rc<Code>>,
    /// The names of named arguments, for [`Instruction::KwNames`].
    pub keywords: Vec<Vec<String>>,
    /// The greatest depth of the operand stack.
    pub depth: usize,
    /// The instructions. A form that specialises writes better ones in their places as it runs.
    pub instructions: Box<[Cell<Instruction>]>,
    /// The instructions for registers; empty in the forms with a stack.
    pub registers: Vec<RegisterInstruction>,
    /// Where each instruction comes from.
    pub spans: Vec<Span>,
}

impl Code {
    /// The instructions as they are now.
    pub fn listing(&self) -> impl Iterator<Item = Instruction> + '_ {
        self.instructions.iter().map(Cell::get)
    }

    /// How many local variables it has.
    pub fn locals(&self) -> usize {
        self.varnames.len()
    }
}
