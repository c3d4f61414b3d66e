use std::cell::Cell;

use crate::object::{Value, whole};
use crate::{Instruction, Operator};

/// Overwrites a `BINARY_OP` that saw two machine words with the instruction that expects them.
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

/// Overwrites a `COMPARE_OP` that saw two machine words.
pub(crate) fn specialise_compare(place: &Cell<Instruction>, left: &Value, right: &Value) {
    if let (Instruction::CompareOp(comparison), Some(_)) = (place.get(), whole(left, right)) {
        place.set(Instruction::CompareOpInt(comparison));
    }
}

/// Puts the general instruction back.
#[cold]
pub(crate) fn generalise(place: &Cell<Instruction>) {
    place.set(match place.get() {
        Instruction::BinaryOpAddInt(in_place) => Instruction::BinaryOp(Operator::Add, in_place),
        Instruction::BinaryOpSubtractInt(in_place) => {
            Instruction::BinaryOp(Operator::Subtract, in_place)
        }
        Instruction::CompareOpInt(comparison) => Instruction::CompareOp(comparison),
        general => general,
    });
}
