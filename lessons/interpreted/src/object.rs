//! The object model: a value refers to a type, a type to its operations, and these to values again.
//!
//! The modules of this folder need each other by nature. Nothing outside depends on how they are divided:
//! what others use is exported here.

mod builtin;
mod code;
mod compare;
mod display;
mod float;
mod format;
mod function;
mod heap;
mod int;
mod number;
mod range;
mod text;
mod types;
mod value;

pub use builtin::Builtin;
pub(crate) use builtin::{BUILTINS, BuiltinCall};
pub use code::Code;
pub(crate) use compare::compare;
pub use display::{float_text, repr, text};
pub use float::floor_and_remainder;
pub use function::Function;
pub use heap::Heap;
pub use range::Range;
pub(crate) use range::{advance, iterate, next_value};
pub use text::Text;
pub(crate) use types::NOT_IMPLEMENTED;
pub use types::{
    BOOL, BUILTIN, FLOAT, FUNCTION, INT, NONE, RANGE, STR, Slot, SlotResult, TYPE, Type,
};
pub use value::Value;
pub(crate) use value::{Payload, whole};
