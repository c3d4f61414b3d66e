use num_bigint::BigInt;
use num_traits::{Signed, ToPrimitive, Zero};

use super::{BITS, with_big};
use crate::Exception;
use crate::object::{Heap, SlotResult, Value};

pub(super) fn left_shift(left: &Value, right: &Value, heap: &mut Heap) -> SlotResult {
    with_big(left, right, heap, |a, b| {
        if b.is_negative() {
            return Err(Exception::value_error("negative shift count"));
        }
        if a.is_zero() {
            return Ok(a);
        }
        let places = b.to_u64().ok_or_else(|| Exception::overflow("too many digits in integer"))?;
        if a.bits().saturating_add(places) > BITS {
            return Err(Exception::memory());
        }
        Ok(a << places)
    })
}

pub(super) fn right_shift(left: &Value, right: &Value, heap: &mut Heap) -> SlotResult {
    with_big(left, right, heap, |a, b| {
        if b.is_negative() {
            return Err(Exception::value_error("negative shift count"));
        }
        match b.to_u64() {
            Some(places) if places < a.bits() => Ok(a >> places),
            _ => Ok(if a.is_negative() { BigInt::from(-1) } else { BigInt::ZERO }),
        }
    })
}
