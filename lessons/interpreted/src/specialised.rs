use std::cell::Cell;
use std::ops::Range;

use kernels::Kernel;
use measure::Error;

use crate::program::Program;
use crate::{Comparison, Instruction, Operator, Value};

/// An instruction that saw two whole numbers expects them again.
///
/// `BINARY_OP` writes `BINARY_OP_ADD_INT` in its own place, as CPython does since 3.11. That one looks
/// at the two values, adds them, and asks no slot. Where it meets others it turns back.
///
/// # Errors
///
/// Those of [`Program::sum`].
pub fn specialised<K: Kernel>(
    kernel: &K,
    terms: Range<u64>,
    program: &mut Program,
) -> Result<u64, Error> {
    program.sum(kernel, terms)
}

/// Two whole numbers that fit a machine word.
#[inline(always)]
pub(crate) fn whole(left: &Value, right: &Value) -> Option<(i64, i64)> {
    left.as_i64().zip(right.as_i64())
}

/// Writes a better instruction in the place of a `BINARY_OP`.
pub(crate) fn specialise_binary(place: &Cell<Instruction>, left: &Value, right: &Value) {
    if whole(left, right).is_some_and(|(a, b)| a.checked_add(b).and(a.checked_sub(b)).is_some()) {
        match place.get() {
            Instruction::BinaryOp(Operator::Add, in_place) => {
                place.set(Instruction::BinaryOpAddInt(in_place));
            }
            Instruction::BinaryOp(Operator::Subtract, in_place) => {
                place.set(Instruction::BinaryOpSubtractInt(in_place));
            }
            _ => {}
        }
    }
}

/// The same for a `COMPARE_OP`.
pub(crate) fn specialise_compare(place: &Cell<Instruction>, left: &Value, right: &Value) {
    if let (Instruction::CompareOp(comparison), Some(_)) = (place.get(), whole(left, right)) {
        place.set(Instruction::CompareOpInt(comparison));
    }
}

/// Writes the general instruction back.
#[cold]
pub(crate) fn turn_back(place: &Cell<Instruction>) {
    place.set(general(place.get()));
}

fn general(instruction: Instruction) -> Instruction {
    let comparison = |comparison: Comparison| Instruction::CompareOp(comparison);
    match instruction {
        Instruction::BinaryOpAddInt(in_place) => Instruction::BinaryOp(Operator::Add, in_place),
        Instruction::BinaryOpSubtractInt(in_place) => {
            Instruction::BinaryOp(Operator::Subtract, in_place)
        }
        Instruction::CompareOpInt(which) => comparison(which),
        other => other,
    }
}
