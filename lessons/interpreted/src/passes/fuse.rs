use crate::{Instruction, Span};

/// Instructions, each with its place in the source.
type Listing = Vec<(Instruction, Span)>;

/// Fuses instructions that follow each other, where no jump lands between them.
pub(crate) fn fuse(listing: &[(Instruction, Span)]) -> Listing {
    let mut lands = vec![false; listing.len() + 1];
    for target in listing.iter().filter_map(|(instruction, _)| instruction.target()) {
        lands[target as usize] = true;
    }
    let mut fused: Listing = Vec::new();
    let mut moved = vec![0; listing.len() + 1];
    let mut at = 0;
    while at < listing.len() {
        let follow = (at + 1..listing.len()).take(3).take_while(|next| !lands[*next]);
        let (instruction, length) = one(&listing[at..=at + follow.count()]);
        // An error comes from the part that computes: the last one that does not store or jump.
        let span = listing[at + if length == 4 { 2 } else { 0 }].1;
        moved[at] = u32::try_from(fused.len()).unwrap_or(u32::MAX);
        fused.push((instruction, span));
        at += length;
    }
    for (instruction, _) in &mut fused {
        if let Some(target) = instruction.target_mut() {
            *target = moved[*target as usize];
        }
    }
    fused
}

/// The instruction that does the work of the first ones of a list, and their number.
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
