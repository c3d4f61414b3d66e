use std::ops::Range;

use kernels::Kernel;
use measure::Error;

use crate::program::Program;
use crate::{Instruction, Span};

/// Instructions that often follow each other are made one: three for each term.
///
/// `LOAD_FAST`, `LOAD_FAST`, `BINARY_OP`, `STORE_FAST` become one instruction that reads both variables
/// where they are. Nothing is pushed, nothing popped, no counter of references goes up and down.
///
/// # Errors
///
/// Those of [`Program::sum`].
pub fn superinstructions<K: Kernel>(
    kernel: &K,
    terms: Range<u64>,
    program: &mut Program,
) -> Result<u64, Error> {
    program.sum(kernel, terms)
}

/// Instructions, each with the place in the text where it comes from.
pub(crate) type Listing = Vec<(Instruction, Span)>;

/// Makes one instruction of several, wherever they follow each other and no jump lands between them.
pub(crate) fn fuse(listing: &Listing) -> Listing {
    let mut lands = vec![false; listing.len() + 1];
    for target in listing.iter().filter_map(|(instruction, _)| instruction.target()) {
        lands[target as usize] = true;
    }
    let mut fused: Listing = Vec::new();
    let mut moved = vec![0; listing.len() + 1];
    let mut at = 0;
    while at < listing.len() {
        let together = (at + 1..listing.len()).take_while(|next| !lands[*next]).count() + 1;
        let (instruction, length) = one(&listing[at..at + together.min(4)]);
        // An error is the fault of the part that computes: of the last but the stores and jumps.
        let span = listing[at + if length == 4 { 2 } else { 0 }].1;
        moved[at] = u32::try_from(fused.len()).unwrap_or(u32::MAX);
        fused.push((instruction, span));
        at += length;
    }
    for (instruction, _) in &mut fused {
        if let Some(target) = instruction.target() {
            *instruction = instruction.with_target(moved[target as usize]);
        }
    }
    fused
}

/// The instruction that does the work of the first ones of a list, and of how many.
fn one(list: &[(Instruction, Span)]) -> (Instruction, usize) {
    use Instruction::*;
    let at = |index: usize| list.get(index).map(|(instruction, _)| *instruction);
    match (at(0), at(1), at(2), at(3)) {
        // ANCHOR: fuse
        (
            Some(LoadFast(left)),
            Some(LoadFast(right)),
            Some(BinaryOp(operator, in_place)),
            Some(StoreFast(into)),
        ) => {
            if let [Ok(left), Ok(right), Ok(into)] = [left, right, into].map(u8::try_from) {
                return (FastBinaryOpFast(operator, in_place, [left, right, into]), 4);
            }
        }
        // ANCHOR_END: fuse
        (Some(ForIter(target)), Some(StoreFast(index)), ..) => {
            if let Ok(index) = u8::try_from(index) {
                return (ForIterStoreFast(index, target), 2);
            }
        }
        (Some(CompareOp(comparison)), Some(PopJumpIfFalse(target)), ..) => {
            return (CompareOpPopJumpIfFalse(comparison, target), 2);
        }
        _ => {}
    }
    match (at(0), at(1)) {
        (Some(LoadFast(first)), Some(LoadFast(second))) => {
            if let (Ok(first), Ok(second)) = (u16::try_from(first), u16::try_from(second)) {
                return (LoadFastLoadFast(first, second), 2);
            }
        }
        (Some(LoadFast(first)), Some(LoadConst(second))) => {
            if let (Ok(first), Ok(second)) = (u16::try_from(first), u16::try_from(second)) {
                return (LoadFastLoadConst(first, second), 2);
            }
        }
        _ => {}
    }
    (list[0].0, 1)
}
