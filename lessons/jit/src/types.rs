//! What is known about a value before the program runs.

use std::fmt;
use std::rc::Rc;

/// What is known about a value before the program runs: enough to keep it in registers, without a tag.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Type {
    /// A signed integer that fits 64 bits: `i64`. One that outgrows them leaves the compiled code.
    Int,
    /// An integer from 0 to 2^64 - 1: `u64`. Only an explicit signature makes one.
    Unsigned,
    /// A floating-point number: `f64`.
    Float,
    /// `True` or `False`.
    Bool,
    /// `None`, which needs no register at all.
    None,
    /// Values side by side, each in a register of its own.
    Struct(Rc<Struct>),
    /// A `range` that a loop iterates over: its position, end and step.
    Range(Steps),
}

/// The step of a range.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Steps {
    /// By a number that is known when the code is made.
    By(i64),
    /// By a number that is only known at run time.
    Unknown,
    /// By one, through unsigned integers.
    Unsigned,
}

/// A type of several fields, by name.
#[derive(Debug, PartialEq, Eq, Hash)]
pub struct Struct {
    /// Its name.
    pub name: String,
    /// Name and type of each field, in order.
    pub fields: Vec<(String, Type)>,
}

/// The contents of one machine register.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// 64 bits, an integer.
    Whole,
    /// 64 bits, a float.
    Real,
    /// One bit.
    Truth,
}

impl Type {
    /// The registers that a value of this type takes.
    pub fn parts(&self) -> Vec<Part> {
        match self {
            Type::Int | Type::Unsigned => vec![Part::Whole],
            Type::Float => vec![Part::Real],
            Type::Bool => vec![Part::Truth],
            Type::None => Vec::new(),
            Type::Struct(of) => of.fields.iter().flat_map(|(_, field)| field.parts()).collect(),
            Type::Range(_) => vec![Part::Whole; 3],
        }
    }
}

impl Struct {
    /// The type of a field, and the number of its first part.
    pub fn field(&self, name: &str) -> Option<(&Type, usize)> {
        let place = self.fields.iter().position(|(field, _)| field == name)?;
        let before = self.fields[..place].iter().map(|(_, field)| field.parts().len()).sum();
        Some((&self.fields[place].1, before))
    }
}

impl fmt::Display for Type {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Type::Int => f.write_str("i64"),
            Type::Unsigned => f.write_str("u64"),
            Type::Float => f.write_str("f64"),
            Type::Bool => f.write_str("bool"),
            Type::None => f.write_str("none"),
            Type::Struct(of) => f.write_str(&of.name),
            Type::Range(Steps::By(step)) => write!(f, "range by {step}"),
            Type::Range(Steps::Unknown) => f.write_str("range"),
            Type::Range(Steps::Unsigned) => f.write_str("range of u64"),
        }
    }
}
