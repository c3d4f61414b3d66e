//! Integers of any size: a machine word as long as it fits.

mod power;
mod quotient;

use num_bigint::BigInt;
use num_integer::Integer;
use num_traits::{Signed, ToPrimitive, Zero};

use super::types::slots;
use super::{BOOL, Heap, NOT_IMPLEMENTED, Payload, Slot, SlotResult, Value, whole};
use crate::trace::Step;
use crate::{Exception, Operator};
use power::power;
use quotient::true_divide;

pub(super) const SLOTS: [Option<Slot>; 13] = slots(&[
    (Operator::Add, add),
    (Operator::Subtract, subtract),
    (Operator::Multiply, multiply),
    (Operator::FloorDivide, floor_divide),
    (Operator::Remainder, remainder),
    (Operator::TrueDivide, true_divide),
    (Operator::Power, power),
    (Operator::LeftShift, left_shift),
    (Operator::RightShift, right_shift),
    (Operator::And, and),
    (Operator::Or, or),
    (Operator::Xor, xor),
]);

/// Integers of more bits than this (128 MiB) are refused with a MemoryError.
const BITS: u64 = 1 << 30;

/// The same in words.
const BOUND: &str = "1,073,741,824 bits in an integer";

// ANCHOR: add
fn add(left: &Value, right: &Value, heap: &mut Heap) -> SlotResult {
    if let (&Payload::Int(a), &Payload::Int(b)) = (left.payload(), right.payload()) {
        heap.steps.record(|| Step::TypesSeen(left.kind().name, right.kind().name));
        if let Some(sum) = a.checked_add(b) {
            heap.steps.record(|| Step::MachineAdd);
            return Ok(heap.int(sum));
        }
        heap.steps.record(|| Step::GrewBig);
    }
    with_big(left, right, heap, |a, b| Ok(a + b))
}
// ANCHOR_END: add

fn subtract(left: &Value, right: &Value, heap: &mut Heap) -> SlotResult {
    if let Some((a, b)) = whole(left, right)
        && let Some(difference) = a.checked_sub(b)
    {
        return Ok(heap.int(difference));
    }
    with_big(left, right, heap, |a, b| Ok(a - b))
}

fn multiply(left: &Value, right: &Value, heap: &mut Heap) -> SlotResult {
    if let Some((a, b)) = whole(left, right)
        && let Some(product) = a.checked_mul(b)
    {
        return Ok(heap.int(product));
    }
    with_big(left, right, heap, |a, b| {
        if a.bits() + b.bits() > BITS { Err(Exception::memory(BOUND)) } else { Ok(a * b) }
    })
}

/// `//` rounds down, not towards zero: `-7 // 2` is -4.
fn floor_divide(left: &Value, right: &Value, heap: &mut Heap) -> SlotResult {
    if let Some((a, b)) = whole(left, right)
        && b != 0
        && !(a == i64::MIN && b == -1)
    {
        return Ok(heap.int(Integer::div_floor(&a, &b)));
    }
    with_big(left, right, heap, |a, b| {
        if b == BigInt::ZERO {
            return Err(Exception::zero_division("integer division or modulo by zero"));
        }
        Ok(a.div_floor(&b))
    })
}

/// `%` has the sign of its right side: `-7 % 2` is 1.
fn remainder(left: &Value, right: &Value, heap: &mut Heap) -> SlotResult {
    if let Some((a, b)) = whole(left, right)
        && b != 0
        && b != -1
    {
        return Ok(heap.int(Integer::mod_floor(&a, &b)));
    }
    with_big(left, right, heap, |a, b| {
        if b == BigInt::ZERO {
            return Err(Exception::zero_division("integer modulo by zero"));
        }
        Ok(a.mod_floor(&b))
    })
}

fn and(left: &Value, right: &Value, heap: &mut Heap) -> SlotResult {
    bits(left, right, heap, |a, b| a & b, |a, b| a & b)
}

fn or(left: &Value, right: &Value, heap: &mut Heap) -> SlotResult {
    bits(left, right, heap, |a, b| a | b, |a, b| a | b)
}

fn xor(left: &Value, right: &Value, heap: &mut Heap) -> SlotResult {
    bits(left, right, heap, |a, b| a ^ b, |a, b| a ^ b)
}

/// Of two booleans these give a boolean.
fn bits(
    left: &Value,
    right: &Value,
    heap: &mut Heap,
    small: fn(i64, i64) -> i64,
    big: fn(BigInt, BigInt) -> BigInt,
) -> SlotResult {
    if let Some((a, b)) = whole(left, right) {
        let value = small(a, b);
        let booleans = [left, right].iter().all(|side| std::ptr::eq(side.kind(), &BOOL));
        return Ok(if booleans { heap.bool(value != 0) } else { heap.int(value) });
    }
    with_big(left, right, heap, |a, b| Ok(big(a, b)))
}

fn left_shift(left: &Value, right: &Value, heap: &mut Heap) -> SlotResult {
    with_big(left, right, heap, |a, b| {
        if b.is_negative() {
            return Err(Exception::value_error("negative shift count"));
        }
        if a.is_zero() {
            return Ok(a);
        }
        let places = b.to_u64().ok_or_else(|| Exception::overflow("too many digits in integer"))?;
        if a.bits().saturating_add(places) > BITS {
            return Err(Exception::memory(BOUND));
        }
        Ok(a << places)
    })
}

fn right_shift(left: &Value, right: &Value, heap: &mut Heap) -> SlotResult {
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

/// The slow path, for integers of any size.
#[cold]
#[inline(never)]
fn with_big(
    left: &Value,
    right: &Value,
    heap: &mut Heap,
    operation: impl FnOnce(BigInt, BigInt) -> Result<BigInt, Box<Exception>>,
) -> SlotResult {
    let (Some(a), Some(b)) = (left.as_big(), right.as_big()) else {
        return NOT_IMPLEMENTED;
    };
    Ok(heap.big(operation(a, b)?))
}
