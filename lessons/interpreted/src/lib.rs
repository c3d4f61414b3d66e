//! Why is an interpreter slow?
//!
//! A small language, a subset of Python with Python's meaning, on its whole way: from text to tokens, to
//! a tree, to instructions, to a machine that runs them. In reading order.

mod span;

pub mod syntax;

mod operator;

mod lexer;

mod syntax_error;

mod parser;

mod instruction;

mod code;

mod compiler;

mod value;

mod types;

mod exception;

mod suggestion;

mod heap;

mod operate;

mod globals;

mod calls;

mod form;

mod vm;

mod trace;

mod traceback;

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

mod dis;

mod options;

mod lesson;

pub use calls::Calls;
pub use code::Code;
pub use compiled::compiled;
pub use compiler::compile;
pub use cpython::{Python, cpython};
pub use dis::listing;
pub use exception::{Exception, ExceptionKind, Place};
pub use form::Form;
pub use globals::Globals;
pub use heap::Heap;
pub use instruction::Instruction;
pub use lesson::Interpreted;
pub use operator::{Comparison, Operator, Sign};
pub use parser::parse;
pub use plain::plain;
pub use program::{Program, SOURCE};
pub use registers::{Operand, RegisterInstruction, registers};
pub use script::Script;
pub use span::Span;
pub use specialised::specialised;
pub use superinstructions::superinstructions;
pub use syntax_error::{SyntaxError, SyntaxKind};
pub use trace::{Step, Steps};
pub use traceback::Source;
pub use types::{
    Answer, BOOL, BUILTIN, Builtin, FLOAT, FUNCTION, Function, INT, NONE, RANGE, Range, STR, Slot,
    TYPE, Text, Type, float_text, repr, text,
};
pub use value::Value;
pub use vm::Vm;
pub use your_turn::{your_turn, yours};
