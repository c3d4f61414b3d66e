use num_bigint::{BigInt, BigUint};
use num_integer::Integer;
use num_traits::{Signed, ToPrimitive, Zero};

use crate::Exception;
use crate::object::{Heap, NOT_IMPLEMENTED, SlotResult, Value};

/// `a / b` of integers is the float nearest to the true quotient, however large both are.
pub(super) fn true_divide(left: &Value, right: &Value, heap: &mut Heap) -> SlotResult {
    let (Some(a), Some(b)) = (left.as_big(), right.as_big()) else {
        return NOT_IMPLEMENTED;
    };
    if b.is_zero() {
        return Err(Some(Exception::zero_division("division by zero")));
    }
    const EXACT: i64 = 1 << 53; // Every integer up to here is a float.
    if let (Some(a), Some(b)) = (left.as_i64(), right.as_i64())
        && a.abs_diff(0) <= EXACT as u64
        && b.abs_diff(0) <= EXACT as u64
    {
        return Ok(heap.float(a as f64 / b as f64));
    }
    let quotient = nearest_quotient(&a, &b)
        .ok_or_else(|| Exception::overflow("integer division result too large for a float"))?;
    Ok(heap.float(quotient))
}

/// The quotient, rounded once; `None` where it is beyond all floats.
fn nearest_quotient(a: &BigInt, b: &BigInt) -> Option<f64> {
    if a.is_zero() {
        return Some(if b.is_negative() { -0.0 } else { 0.0 });
    }
    let sign = if a.is_negative() == b.is_negative() { 1.0 } else { -1.0 };
    let (a, b) = (a.magnitude().clone(), b.magnitude().clone());
    let bits = |value: u64| i64::try_from(value).unwrap_or(i64::MAX);
    // A quotient of 66 bits or more and, in its last bit, whether a remainder is left: the float that
    // is nearest to that is nearest to the true quotient. Small floats have fewer bits than 53.
    let mut shift = bits(b.bits()) - bits(a.bits()) + 66;
    shift = shift.min(1074 + 2);
    let (numerator, denominator) =
        if shift >= 0 { (a << shift.unsigned_abs(), b) } else { (a, b << shift.unsigned_abs()) };
    let (quotient, rest) = numerator.div_rem(&denominator);
    let sticky = quotient | BigUint::from(u8::from(!rest.is_zero()));
    let value = scaled(&sticky, -shift)?;
    Some(sign * value)
}

/// `value * 2**exponent`, rounded once to the nearest float, ties to even.
fn scaled(value: &BigUint, exponent: i64) -> Option<f64> {
    let length = i64::try_from(value.bits()).ok()?;
    // The place of the last bit that the float can hold.
    let last = (length + exponent - 53).max(-1074);
    let drop = last - exponent;
    let mut kept = value.clone();
    if drop > 0 {
        let half = BigUint::from(1u8) << (drop - 1).unsigned_abs();
        let whole = value >> drop.unsigned_abs();
        let rest = value - (&whole << drop.unsigned_abs());
        let up = rest > half || (rest == half && whole.bit(0));
        kept = whole + u8::from(up);
    }
    let mut exponent = if drop > 0 { last } else { exponent };
    let mut result = kept.to_u128()? as f64;
    // In steps, because 2**-1074 and 2**1100 are not both within reach of one multiplication.
    while exponent != 0 {
        let step = exponent.clamp(-1000, 1000);
        result *= 2f64.powi(i32::try_from(step).ok()?);
        exponent -= step;
    }
    result.is_finite().then_some(result)
}
