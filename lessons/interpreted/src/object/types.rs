use super::{Heap, Value, float, int, text};
use crate::{Exception, Operator};

/// A type: its name and its slots.
///
/// A slot is the function that performs an operator for values of the type; an empty one means that the
/// type does not support the operator.
#[derive(Debug)]
pub struct Type {
    /// Its name in Python.
    pub name: &'static str,
    /// Its slots, by the operator's number.
    pub binary: [Option<Slot>; 13],
}

/// What an operator does for two values, one of which is of the slot's type.
pub type Slot = fn(&Value, &Value, &mut Heap) -> SlotResult;

/// The result of a slot: a value, an exception, or [`NOT_IMPLEMENTED`].
pub type SlotResult = Result<Value, Option<Box<Exception>>>;

/// Python's `NotImplemented`: a slot does not know the other value's type, which is then asked itself.
pub(crate) const NOT_IMPLEMENTED: SlotResult = Err(None);

/// The type of `int`.
pub static INT: Type = Type { name: "int", binary: int::SLOTS };
/// The type of `True` and `False`, whose operators are those of `int`.
pub static BOOL: Type = Type { name: "bool", binary: int::SLOTS };
/// The type of `float`.
pub static FLOAT: Type = Type { name: "float", binary: float::SLOTS };
/// The type of `str`.
pub static STR: Type = Type { name: "str", binary: text::SLOTS };
/// The type of `None`.
pub static NONE: Type = Type { name: "NoneType", binary: [None; 13] };
/// The type of `range(...)`.
pub static RANGE: Type = Type { name: "range", binary: [None; 13] };
/// The type of a range's iterator.
pub static RANGE_ITERATOR: Type = Type { name: "range_iterator", binary: [None; 13] };
/// The type of a text's iterator.
pub static STR_ITERATOR: Type = Type { name: "str_iterator", binary: [None; 13] };
/// The type of the program's functions.
pub static FUNCTION: Type = Type { name: "function", binary: [None; 13] };
/// The type of `print` and the other built-in functions.
pub static BUILTIN: Type = Type { name: "builtin_function_or_method", binary: [None; 13] };
/// The type of `int`, `float`, `str`, `bool` and `range` themselves.
pub static TYPE: Type = Type { name: "type", binary: [None; 13] };

/// A table of slots from a list of operators.
pub(super) const fn slots(list: &[(Operator, Slot)]) -> [Option<Slot>; 13] {
    let mut table = [None; 13];
    let mut index = 0;
    while index < list.len() {
        table[list[index].0 as usize] = Some(list[index].1);
        index += 1;
    }
    table
}
