//! Explicit types: signatures and structs.

use std::fmt;
use std::rc::Rc;

use crate::types::{Struct, Type};

/// An explicit signature: `total=u64(u64)`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signature {
    /// The function.
    pub function: String,
    /// What it takes.
    pub arguments: Vec<Type>,
    /// What it gives.
    pub result: Type,
}

impl Signature {
    /// Reads `name=result(argument, ...)`, where each type is `i64`, `u64`, `f64`, `bool` or `none`.
    pub fn parse(text: &str) -> Result<Self, String> {
        let example = "for example: total=u64(u64)";
        let shape = || format!("'{text}' is no signature; {example}");
        let (function, types) = text.split_once('=').ok_or_else(shape)?;
        let (result, rest) = types.split_once('(').ok_or_else(shape)?;
        let arguments = rest.trim().strip_suffix(')').ok_or_else(shape)?;
        let function = function.trim().to_owned();
        let word = |letter: char| letter.is_alphanumeric() || letter == '_';
        if function.is_empty() || !function.chars().all(word) {
            return Err(shape());
        }
        let arguments = if arguments.trim().is_empty() {
            Vec::new()
        } else {
            arguments
                .split(',')
                .map(|name| read(name.trim(), &[]))
                .collect::<Result<Vec<Type>, String>>()?
        };
        Ok(Signature { function, arguments, result: read(result.trim(), &[])? })
    }
}

/// The type of a name.
fn read(name: &str, structs: &[Rc<Struct>]) -> Result<Type, String> {
    let scalars = [Type::Int, Type::Unsigned, Type::Float, Type::Bool, Type::None];
    let structs = structs.iter().map(|known| Type::Struct(known.clone()));
    let mut types = scalars.into_iter().chain(structs);
    types
        .find(|known| known.to_string() == name)
        .ok_or_else(|| format!("'{name}' is no type; the types are i64, u64, f64, bool and none"))
}

impl fmt::Display for Signature {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let arguments: Vec<String> = self.arguments.iter().map(ToString::to_string).collect();
        write!(f, "{}={}({})", self.function, self.result, arguments.join(", "))
    }
}

impl Struct {
    /// Reads `name: field type, field type`, where a type may be a struct that was read before.
    pub fn parse(text: &str, before: &[Rc<Struct>]) -> Result<Struct, String> {
        let shape = || format!("'{text}' is no struct; for example: point: x u64, y u64");
        let (name, fields) = text.split_once(':').ok_or_else(shape)?;
        let name = name.trim().to_owned();
        let mut read_fields: Vec<(String, Type)> = Vec::new();
        for field in fields.split(',') {
            let (field, kind) = field.trim().split_once(' ').ok_or_else(shape)?;
            let kind = kind.trim();
            if kind == name {
                return Err(format!(
                    "struct `{name}` has a field `{field}` that is a `{name}` itself: its fields lie \
                     side by side in registers, so it would hold one in one in one, without end"
                ));
            }
            if read_fields.iter().any(|(known, _)| known == field) {
                return Err(format!("struct `{name}` has two fields `{field}`"));
            }
            read_fields.push((field.to_owned(), read(kind, before)?));
        }
        Ok(Struct { name, fields: read_fields })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signatures_read_as_they_are_written() {
        for text in ["total=u64(u64)", "f=f64(i64, bool)", "g=none()"] {
            assert_eq!(Signature::parse(text).expect("good").to_string(), text);
        }
        for text in ["", "total", "total=", "total=u64", "total=u64(u64", "=u64()", "a b=u64()"] {
            assert!(Signature::parse(text).expect_err("refused").contains("for example"), "{text}");
        }
        let unknown = Signature::parse("total=int(u64)").expect_err("refused");
        assert!(unknown.contains("'int' is no type"), "{unknown}");
    }

    #[test]
    fn structs_lie_in_registers_side_by_side() {
        let point = Rc::new(Struct::parse("point: x u64, y u64", &[]).expect("good"));
        assert_eq!(Type::Struct(point.clone()).parts().len(), 2);
        let line = Struct::parse("line: from point, to point", std::slice::from_ref(&point))
            .expect("good");
        assert_eq!(line.field("to").map(|(_, first)| first), Some(2));
    }

    #[test]
    fn a_struct_that_holds_itself_is_refused_with_the_reason() {
        let refused = Struct::parse("node: value u64, next node", &[]).expect_err("refused");
        assert!(refused.contains("`next`") && refused.contains("without end"), "{refused}");
    }
}
