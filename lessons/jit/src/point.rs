//! Structs without memory: a point is two numbers in two registers.

use std::rc::Rc;

use ::interpreted::Operator;

use crate::typed::{Block, End, Register, Step, TypedFunction};
use crate::types::{Struct, Type};

/// A point of two unsigned integers.
///
/// # Examples
///
/// ```
/// let point = jit::point::point();
/// assert_eq!(point.fields.len(), 2);
/// ```
pub fn point() -> Rc<Struct> {
    let fields = ["x", "y"].map(|name| (name.to_owned(), Type::Unsigned));
    Rc::new(Struct { name: "point".to_owned(), fields: fields.into() })
}

/// The function that adds two structs field by field. In the language it would be
///
/// ```python
/// def add(a, b):
///     return point(a.x + b.x, a.y + b.y)
/// ```
///
/// The language has no fields, so the typed form is written here by hand.
pub fn adder(of: &Rc<Struct>) -> Result<TypedFunction, String> {
    let kind = Type::Struct(of.clone());
    let mut registers = vec![("a".to_owned(), kind.clone()), ("b".to_owned(), kind.clone())];
    let (a, b) = (Register(0), Register(1));
    let mut register = |name: String, kind: &Type| {
        registers.push((name, kind.clone()));
        Register(registers.len() - 1)
    };
    let (mut steps, mut sums) = (Vec::new(), Vec::new());
    for (name, field) in &of.fields {
        if !matches!(field, Type::Int | Type::Unsigned | Type::Float) {
            return Err(format!("`{name}` of `{}` is a {field}, which is no number", of.name));
        }
        let (_, first) = of.field(name).ok_or("the field is one of the struct")?;
        let one = register(format!("a.{name}"), field);
        let other = register(format!("b.{name}"), field);
        let sum = register(format!("sum.{name}"), field);
        steps.push((2, Step::Field(one, a, first)));
        steps.push((2, Step::Field(other, b, first)));
        steps.push((2, Step::Binary(sum, Operator::Add, one, other)));
        sums.push(sum);
    }
    let result = register("result".to_owned(), &kind);
    steps.push((2, Step::Make(result, sums)));
    Ok(TypedFunction {
        name: format!("add({kind}, {kind})"),
        parameters: vec![a, b],
        result: kind,
        registers,
        notes: Vec::new(),
        blocks: vec![Block { steps, end: (2, End::Return(result)) }],
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bailout::{Bailout, Cause};
    use crate::compile::compile;
    use crate::native::{DEPTH, WORDS};

    #[test]
    fn two_points_are_added_in_registers() {
        let compiled = compile(&[adder(&point()).expect("good")], true).expect("good");
        let mut frame = [0; WORDS + 1];
        frame[..4].copy_from_slice(&[1, u64::MAX - 1, 3, 1]);
        frame[DEPTH] = 10;
        compiled.native.call(&mut frame).expect("good");
        assert_eq!(frame[..2], [4, u64::MAX]);
        // No memory: Cranelift's form loads nothing, stores nothing, and calls nothing.
        let ir = &compiled.functions[0].ir;
        for word in ["load", "store", "call ", "stack_addr"] {
            assert!(!ir.contains(word), "{word}: {ir}");
        }
    }

    #[test]
    fn a_field_that_outgrows_its_bits_gives_the_call_up() {
        let compiled = compile(&[adder(&point()).expect("good")], false).expect("good");
        let mut frame = [0; WORDS + 1];
        frame[..4].copy_from_slice(&[1, 2, 3, u64::MAX]);
        let bailout = compiled.native.call(&mut frame).expect_err("refused");
        assert_eq!(bailout, Bailout { cause: Cause::Overflow, line: 2 });
    }

    #[test]
    fn structs_of_floats_and_signed_numbers_are_added_too() {
        let mixed = Struct::parse("mixed: a i64, b f64", &[]).expect("good");
        let compiled = compile(&[adder(&Rc::new(mixed)).expect("good")], false).expect("good");
        let mut frame = [0; WORDS + 1];
        frame[..4].copy_from_slice(&[5, 1.5_f64.to_bits(), -7_i64 as u64, 2.0_f64.to_bits()]);
        compiled.native.call(&mut frame).expect("good");
        assert_eq!((frame[0] as i64, f64::from_bits(frame[1])), (-2, 3.5));
    }
}
