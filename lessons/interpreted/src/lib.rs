//! Why is an interpreter slow?
//!
//! A small language, a subset of Python with Python's semantics, from text to tokens, to a tree, to
//! instructions, to a machine that runs them. In reading order.

mod span;

mod operator;

mod syntax;

mod syntax_error;

mod digits;

mod unicode;

mod encoding;

mod lexer;

mod parser;

mod instruction;

mod compiler;

mod exception;

mod trace;

mod object;

mod operate;

mod python_names;

mod suggestion;

mod globals;

mod passes;

mod form;

mod vm;

mod traceback;

mod dis;

mod script;

mod program;

mod cpython;

mod plain;

mod specialised;

mod system;

mod superinstructions;

mod registers;

mod compiled;

mod your_turn;

mod anatomy;

mod addition;

mod options;

mod lesson;

pub use compiler::compile;
pub use exception::{Exception, ExceptionKind, Location};
pub use form::Form;
pub use globals::Globals;
pub use instruction::Instruction;
pub use lesson::Interpreted;
pub use object::{
    BOOL, Code, FLOAT, Function, INT, NONE, Type, Value, float_text, floor_and_remainder, text,
};
pub use operator::{Comparison, Operator, Sign};
pub use parser::parse;
pub use program::Program;
pub use script::Script;
pub use span::Span;
pub use syntax_error::{SyntaxError, SyntaxKind};
pub use system::power;
pub use vm::{CallHook, Vm};

use compiled::compiled;
use cpython::cpython;
use instruction::register::{Operand, RegisterInstruction};
use object::Heap;
use plain::plain;
use program::SOURCE;
use registers::registers;
use specialised::specialised;
use superinstructions::superinstructions;
use traceback::Source;
use your_turn::your_turn;
