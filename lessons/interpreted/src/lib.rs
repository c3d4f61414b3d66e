//! Why is an interpreter slow?
//!
//! A small language, a subset of Python with Python's semantics, from text to tokens, to a tree, to
//! instructions, to a machine that runs them. In reading order.

mod span;

mod operator;

pub mod syntax;

mod syntax_error;

mod digits;

mod lexer;

mod parser;

mod instruction;

mod compiler;

mod exception;

mod trace;

mod object;

mod operate;

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

mod superinstructions;

mod registers;

mod compiled;

mod your_turn;

mod anatomy;

mod addition;

mod options;

mod lesson;

pub use compiled::compiled;
pub use compiler::compile;
pub use cpython::{Python, cpython};
pub use dis::listing;
pub use exception::{Exception, ExceptionKind, Location};
pub use form::Form;
pub use globals::Globals;
pub use instruction::Instruction;
pub use instruction::register::{Operand, RegisterInstruction};
pub use lesson::Interpreted;
pub use object::{
    BOOL, BUILTIN, Builtin, Code, FLOAT, FUNCTION, Function, Heap, INT, NONE, RANGE, Range, STR,
    Slot, SlotResult, TYPE, Text, Type, Value, float_text, floor_and_remainder, repr, text,
};
pub use operator::{Comparison, Operator, Sign};
pub use parser::parse;
pub use plain::plain;
pub use program::{Program, SOURCE};
pub use registers::registers;
pub use script::Script;
pub use span::Span;
pub use specialised::specialised;
pub use superinstructions::superinstructions;
pub use syntax_error::{SyntaxError, SyntaxKind};
pub use trace::{Step, StepLog};
pub use traceback::Source;
pub use vm::{CallHook, Vm};
pub use your_turn::{your_turn, yours};
