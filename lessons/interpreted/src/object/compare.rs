//! Comparisons of two values.

use std::cmp::Ordering;

use num_bigint::BigInt;
use num_traits::FromPrimitive;

use super::{Payload, Value};
use crate::{Comparison, Exception};

/// Whether a comparison of two values holds.
#[inline]
pub(crate) fn compare(
    comparison: Comparison,
    left: &Value,
    right: &Value,
) -> Result<bool, Box<Exception>> {
    if let (Payload::Int(a), Payload::Int(b)) = (left.payload(), right.payload()) {
        return Ok(comparison.holds(a.cmp(b)));
    }
    slowly(comparison, left, right)
}

fn slowly(comparison: Comparison, left: &Value, right: &Value) -> Result<bool, Box<Exception>> {
    let order = match (left.payload(), right.payload()) {
        (Payload::Float(a), Payload::Float(b)) => a.partial_cmp(b),
        (Payload::Str(a), Payload::Str(b)) => Some(a.as_str().cmp(&b.as_str())),
        (Payload::Float(a), Payload::Int(_) | Payload::Big(_)) => {
            right.as_big().and_then(|b| float_and_int(*a, &b))
        }
        (Payload::Int(_) | Payload::Big(_), Payload::Float(b)) => {
            left.as_big().and_then(|a| float_and_int(*b, &a)).map(Ordering::reverse)
        }
        (Payload::Int(_) | Payload::Big(_), Payload::Int(_) | Payload::Big(_)) => {
            left.as_big().zip(right.as_big()).map(|(a, b)| a.cmp(&b))
        }
        _ => return others(comparison, left, right),
    };
    Ok(match order {
        Some(order) => comparison.holds(order),
        None => comparison == Comparison::NotEqual, // NaN differs from every number.
    })
}

/// Exactly, without rounding the integer to a float. `None` for what is not a number.
fn float_and_int(float: f64, int: &BigInt) -> Option<Ordering> {
    if float.is_infinite() {
        return Some(if float > 0.0 { Ordering::Greater } else { Ordering::Less });
    }
    let whole = BigInt::from_f64(float.floor())?;
    let fraction = float.floor() != float;
    Some(whole.cmp(int).then(if fraction { Ordering::Greater } else { Ordering::Equal }))
}

/// Values of types without an order: equal only if they are the same.
fn others(comparison: Comparison, left: &Value, right: &Value) -> Result<bool, Box<Exception>> {
    let equal = match (left.payload(), right.payload()) {
        (Payload::None, Payload::None) => true,
        (Payload::Builtin(a), Payload::Builtin(b)) => std::ptr::eq(*a, *b),
        (Payload::Range(a), Payload::Range(b)) => a.same_numbers(b),
        _ => left.is(right),
    };
    match comparison {
        Comparison::Equal => Ok(equal),
        Comparison::NotEqual => Ok(!equal),
        _ => Err(Exception::type_error(format!(
            "'{}' not supported between instances of '{}' and '{}'",
            comparison.symbol(),
            left.kind().name,
            right.kind().name
        ))),
    }
}
