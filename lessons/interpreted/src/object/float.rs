//! The slots of `float`.

use super::number::to_float;
use super::types::slots;
use super::{Heap, NOT_IMPLEMENTED, Payload, Slot, SlotResult, Value};
use crate::{Exception, ExceptionKind, Operator};

pub(super) const SLOTS: [Option<Slot>; 13] = slots(&[
    (Operator::Add, |left, right, heap| float(left, right, heap, |a, b| Ok(a + b))),
    (Operator::Subtract, |left, right, heap| float(left, right, heap, |a, b| Ok(a - b))),
    (Operator::Multiply, |left, right, heap| float(left, right, heap, |a, b| Ok(a * b))),
    (Operator::TrueDivide, |left, right, heap| {
        float(left, right, heap, |a, b| nonzero(b, "float division by zero").map(|b| a / b))
    }),
    (Operator::FloorDivide, |left, right, heap| {
        float(left, right, heap, |a, b| {
            nonzero(b, "float floor division by zero").map(|b| floor_and_remainder(a, b).0)
        })
    }),
    (Operator::Remainder, |left, right, heap| {
        float(left, right, heap, |a, b| {
            nonzero(b, "float modulo").map(|b| floor_and_remainder(a, b).1)
        })
    }),
    (Operator::Power, power),
]);

/// An operation on two numbers, at least one of which is a float.
#[inline(always)]
fn float(
    left: &Value,
    right: &Value,
    heap: &mut Heap,
    operation: impl FnOnce(f64, f64) -> Result<f64, Box<Exception>>,
) -> SlotResult {
    let result = match (left.payload(), right.payload()) {
        (Payload::Float(a), Payload::Float(b)) => operation(*a, *b)?,
        (Payload::Int(_) | Payload::Big(_), Payload::Float(_))
        | (Payload::Float(_), Payload::Int(_) | Payload::Big(_)) => {
            operation(to_float(left)?, to_float(right)?)?
        }
        _ => return NOT_IMPLEMENTED,
    };
    Ok(heap.float(result))
}

fn nonzero(value: f64, message: &str) -> Result<f64, Box<Exception>> {
    if value == 0.0 { Err(Exception::zero_division(message)) } else { Ok(value) }
}

/// `a // b` and `a % b` for a `b` that is not zero, as CPython's `_float_div_mod` computes them.
///
/// ```
/// assert_eq!(interpreted::floor_and_remainder(-7.5, 2.0), (-4.0, 0.5));
/// ```
pub fn floor_and_remainder(a: f64, b: f64) -> (f64, f64) {
    let mut rest = a % b;
    let mut quotient = (a - rest) / b;
    if rest != 0.0 {
        if (b < 0.0) != (rest < 0.0) {
            rest += b;
            quotient -= 1.0;
        }
    } else {
        rest = 0f64.copysign(b);
    }
    let floor = if quotient != 0.0 {
        let floor = quotient.floor();
        if quotient - floor > 0.5 { floor + 1.0 } else { floor }
    } else {
        0f64.copysign(a / b)
    };
    (floor, rest)
}

fn power(left: &Value, right: &Value, heap: &mut Heap) -> SlotResult {
    let number = |value: &Value| {
        matches!(value.payload(), Payload::Float(_) | Payload::Int(_) | Payload::Big(_))
    };
    if !number(left) || !number(right) {
        return NOT_IMPLEMENTED;
    }
    float_power(to_float(left)?, to_float(right)?, heap)
}

/// `a ** b` of floats, with CPython's refusals.
pub(super) fn float_power(a: f64, b: f64, heap: &mut Heap) -> SlotResult {
    if a == 0.0 && b < 0.0 && b.is_finite() {
        let message = "0.0 cannot be raised to a negative power";
        return Err(Some(Exception::zero_division(message)));
    }
    if a < 0.0 && a.is_finite() && b.is_finite() && b.floor() != b {
        let message = "a negative number to a fractional power is a complex number, which is not in \
                       the subset of Python that this lesson runs";
        return Err(Some(Exception::value_error(message)));
    }
    let result = crate::power(a, b);
    if result.is_infinite() && a.is_finite() && b.is_finite() {
        let message = "(34, 'Numerical result out of range')";
        return Err(Some(Exception::new(ExceptionKind::OverflowError, message)));
    }
    Ok(heap.float(result))
}
