use std::cell::{Cell, Ref};
use std::rc::Rc;

use num_bigint::BigInt;
use num_traits::ToPrimitive;

use super::range::{Progress, Steps};
use super::text::Letters;
use super::types::{self, Type};
use super::{Builtin, Code, Function, Range, Text};
use crate::syntax::Constant;

/// A value of a program: a counted reference to an object, which knows its type.
///
/// A copy is one more reference to the same object: it increments a counter. The object goes with its last
/// reference.
#[derive(Debug, Clone)]
pub struct Value(pub(crate) Rc<Object>);

/// What a value refers to: a type and the contents.
#[derive(Debug)]
pub(crate) struct Object {
    pub kind: &'static Type,
    pub payload: Payload,
}

/// The contents of a value.
#[derive(Debug)]
pub(crate) enum Payload {
    /// `None`
    None,
    /// An integer that fits a machine word, and also `True` and `False`.
    Int(i64),
    /// An integer that does not.
    Big(Box<BigInt>),
    Float(f64),
    Str(Box<Text>),
    Range(Box<Range>),
    /// The state of an iterator over a range.
    Progress(Box<Cell<Progress>>),
    /// The state of an iterator over numbers that do not fit a machine word.
    Steps(Box<Steps>),
    /// The state of an iterator over a text.
    Letters(Box<Letters>),
    Function(Box<Function>),
    Builtin(&'static Builtin),
}

impl Value {
    /// An object of its own.
    pub(crate) fn new(kind: &'static Type, payload: Payload) -> Self {
        Value(Rc::new(Object { kind, payload }))
    }

    /// `None`, as an object of its own.
    pub fn none() -> Self {
        Value::new(&types::NONE, Payload::None)
    }

    /// `True` or `False`, as an object of its own.
    pub fn bool(value: bool) -> Self {
        Value::new(&types::BOOL, Payload::Int(i64::from(value)))
    }

    /// An integer.
    pub fn int(value: i64) -> Self {
        Value::new(&types::INT, Payload::Int(value))
    }

    /// An integer of any size.
    pub fn big(value: BigInt) -> Self {
        match value.to_i64() {
            Some(small) => Value::int(small),
            None => Value::new(&types::INT, Payload::Big(Box::new(value))),
        }
    }

    /// A float.
    pub fn float(value: f64) -> Self {
        Value::new(&types::FLOAT, Payload::Float(value))
    }

    /// A text.
    pub fn str(text: &str) -> Self {
        Value::new(&types::STR, Payload::Str(Box::new(Text::new(text.to_owned()))))
    }

    /// A function of the program.
    pub(crate) fn function(code: &Rc<Code>) -> Self {
        let function = Function { code: code.clone() };
        Value::new(&types::FUNCTION, Payload::Function(Box::new(function)))
    }

    /// Its type.
    pub fn kind(&self) -> &'static Type {
        self.0.kind
    }

    pub(crate) fn payload(&self) -> &Payload {
        &self.0.payload
    }

    /// The number, of an `int` or a `bool` that fits a machine word.
    pub fn as_i64(&self) -> Option<i64> {
        match self.payload() {
            Payload::Int(value) => Some(*value),
            _ => None,
        }
    }

    /// The number, of a `float`.
    pub fn as_f64(&self) -> Option<f64> {
        match self.payload() {
            Payload::Float(value) => Some(*value),
            _ => None,
        }
    }

    /// The number, of an `int` or a `bool` of any size.
    pub fn as_big(&self) -> Option<BigInt> {
        match self.payload() {
            Payload::Int(value) => Some(BigInt::from(*value)),
            Payload::Big(value) => Some(value.as_ref().clone()),
            _ => None,
        }
    }

    /// The text, of a `str`.
    pub fn as_str(&self) -> Option<Ref<'_, str>> {
        match self.payload() {
            Payload::Str(text) => Some(text.as_str()),
            _ => None,
        }
    }

    /// The function, of a function of the program.
    pub fn as_function(&self) -> Option<&Function> {
        match self.payload() {
            Payload::Function(function) => Some(function),
            _ => None,
        }
    }

    /// Whether both are references to the same object.
    pub fn is(&self, other: &Value) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }

    /// Its truth value.
    pub fn truth(&self) -> bool {
        match self.payload() {
            Payload::None => false,
            Payload::Int(value) => *value != 0,
            Payload::Float(value) => *value != 0.0,
            Payload::Str(text) => text.characters() > 0,
            Payload::Range(range) => range.first().is_some(),
            Payload::Big(_)
            | Payload::Progress(_)
            | Payload::Steps(_)
            | Payload::Letters(_)
            | Payload::Function(_)
            | Payload::Builtin(_) => true,
        }
    }
}

impl From<&Constant> for Value {
    fn from(constant: &Constant) -> Self {
        match constant {
            Constant::None => Value::none(),
            Constant::Bool(value) => Value::bool(*value),
            Constant::Int(value) => Value::big(value.clone()),
            Constant::Float(value) => Value::float(*value),
            Constant::Str(text) => Value::str(text),
        }
    }
}

/// The numbers of two values, both integers that fit a machine word.
#[inline(always)]
pub(crate) fn whole(left: &Value, right: &Value) -> Option<(i64, i64)> {
    left.as_i64().zip(right.as_i64())
}
