//! The types of values: what each can do, in slots.

mod builtin;
mod compare;
mod float;
mod function;
mod int;
mod int_operations;
mod number;
mod range;
mod text;
mod to_text;

use crate::value::Value;
use crate::{Exception, Heap, Operator};

pub use builtin::Builtin;
pub(crate) use builtin::{BUILTINS, Context};
pub(crate) use compare::compare;
pub use function::Function;
pub(crate) use number::{float_from_text, int_from_text, to_float};
pub use range::Range;
pub(crate) use range::{Progress, advance, iterate, make as make_range};
pub use text::Text;
pub use to_text::{float_text, repr, text};

/// A type: its name, and its slots.
///
/// A slot is the function that does an operation for values of the type; an empty one means that the type
/// has no such operation.
#[derive(Debug)]
pub struct Type {
    /// Python's name of it.
    pub name: &'static str,
    /// What it does for each operator, by the operator's number.
    pub binary: [Option<Slot>; 13],
}

/// What an operator does for two values, one of which is of the slot's type.
pub type Slot = fn(&Value, &Value, &mut Heap) -> Answer;

/// What a slot says.
#[derive(Debug)]
pub enum Answer {
    /// Here is the result.
    Is(Value),
    /// Not with a value of that other type: ask the other one.
    NotImplemented,
    /// It went wrong.
    Raises(Box<Exception>),
}

/// The type of `int`.
pub static INT: Type = Type { name: "int", binary: int::SLOTS };
/// The type of `True` and `False`: whole numbers, but for `&`, `|` and `^`.
pub static BOOL: Type = Type { name: "bool", binary: int::BOOL_SLOTS };
/// The type of `float`.
pub static FLOAT: Type = Type { name: "float", binary: float::SLOTS };
/// The type of `str`.
pub static STR: Type = Type { name: "str", binary: text::SLOTS };
/// The type of `None`.
pub static NONE: Type = Type { name: "NoneType", binary: [None; 13] };
/// The type of `range(...)`.
pub static RANGE: Type = Type { name: "range", binary: [None; 13] };
/// The type of what a loop over a range asks for its next number.
pub static RANGE_ITERATOR: Type = Type { name: "range_iterator", binary: [None; 13] };
/// The type of the program's own functions.
pub static FUNCTION: Type = Type { name: "function", binary: [None; 13] };
/// The type of `print` and the other functions that Python brings along.
pub static BUILTIN: Type = Type { name: "builtin_function_or_method", binary: [None; 13] };
/// The type of `int`, `float`, `str`, `bool` and `range` themselves.
pub static TYPE: Type = Type { name: "type", binary: [None; 13] };

/// A table of slots from a list of operators.
const fn slots(list: &[(Operator, Slot)]) -> [Option<Slot>; 13] {
    let mut table = [None; 13];
    let mut index = 0;
    while index < list.len() {
        table[list[index].0 as usize] = Some(list[index].1);
        index += 1;
    }
    table
}
