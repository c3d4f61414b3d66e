//! Operators: the left type's slot is tried first, then the right's.

use crate::object::{Heap, Payload, Value};
use crate::trace::Step;
use crate::{Exception, Operator, Sign};

/// `left operator right`; a `TypeError` that names both types where neither implements it.
#[inline(always)]
pub(crate) fn binary(
    operator: Operator,
    in_place: bool,
    left: &Value,
    right: &Value,
    heap: &mut Heap,
) -> Result<Value, Box<Exception>> {
    heap.steps.record(|| Step::LeftSlot(left.kind().name));
    // ANCHOR: slot
    if let Some(slot) = left.kind().binary[operator as usize] {
        match slot(left, right, heap) {
            Ok(value) => return Ok(value),
            Err(Some(exception)) => return Err(exception),
            Err(None) => {} // NotImplemented
        }
    }
    try_right(operator, in_place, left, right, heap)
    // ANCHOR_END: slot
}

/// Tries the slot of the right type, if it is another type.
#[inline(never)]
fn try_right(
    operator: Operator,
    in_place: bool,
    left: &Value,
    right: &Value,
    heap: &mut Heap,
) -> Result<Value, Box<Exception>> {
    if !std::ptr::eq(left.kind(), right.kind())
        && let Some(slot) = right.kind().binary[operator as usize]
    {
        heap.steps.record(|| Step::RightSlot(right.kind().name));
        match slot(left, right, heap) {
            Ok(value) => return Ok(value),
            Err(Some(exception)) => return Err(exception),
            Err(None) => {} // NotImplemented
        }
    }
    Err(unsupported(operator, in_place, left, right))
}

#[cold]
fn unsupported(operator: Operator, in_place: bool, left: &Value, right: &Value) -> Box<Exception> {
    let symbol = match (operator, in_place) {
        (Operator::Power, false) => "** or pow()".to_owned(),
        (operator, false) => operator.symbol().to_owned(),
        (operator, true) => format!("{}=", operator.symbol()),
    };
    let (left, right) = (left.kind().name, right.kind().name);
    Exception::type_error(format!(
        "unsupported operand type(s) for {symbol}: '{left}' and '{right}'"
    ))
}

/// `-value` and its family.
pub(crate) fn unary(sign: Sign, value: &Value, heap: &mut Heap) -> Result<Value, Box<Exception>> {
    let symbol = match sign {
        Sign::Not => return Ok(heap.bool(!value.truth())),
        Sign::Negative => "-",
        Sign::Positive => "+",
        Sign::Invert => "~",
    };
    match (sign, value.payload(), value.as_big()) {
        (Sign::Negative, Payload::Float(number), _) => return Ok(heap.float(-number)),
        (Sign::Positive, Payload::Float(number), _) => return Ok(heap.float(*number)),
        (Sign::Negative, _, Some(number)) => return Ok(heap.big(-number)),
        (Sign::Positive, _, Some(number)) => return Ok(heap.big(number)),
        (Sign::Invert, _, Some(number)) => return Ok(heap.big(!number)),
        _ => {}
    }
    let name = value.kind().name;
    Err(Exception::type_error(format!("bad operand type for unary {symbol}: '{name}'")))
}
