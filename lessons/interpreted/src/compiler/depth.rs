use crate::Instruction;

/// The greatest depth of the operand stack while these instructions run.
pub(super) fn depth(instructions: &[Instruction]) -> usize {
    let mut at = vec![None; instructions.len() + 1];
    let (mut depth, mut most) = (0, 0);
    for (index, instruction) in instructions.iter().enumerate() {
        // After an instruction that never falls through, the depth is known from jumps alone.
        depth = at[index].unwrap_or(depth);
        let (next, there) = effect(*instruction, depth);
        if let Some(target) = instruction.target() {
            at[target as usize].get_or_insert(there);
        }
        most = most.max(depth).max(next).max(there);
        depth = next;
    }
    most
}

/// The depth after an instruction: at the next one, and at its target.
fn effect(instruction: Instruction, depth: usize) -> (usize, usize) {
    let both = |depth| (depth, depth);
    match instruction {
        Instruction::LoadConst(_)
        | Instruction::LoadFast(_)
        | Instruction::LoadGlobal(_)
        | Instruction::LoadName(_)
        | Instruction::Copy(_)
        | Instruction::MakeFunction(_) => both(depth + 1),
        Instruction::StoreFast(_)
        | Instruction::StoreName(_)
        | Instruction::PopTop
        | Instruction::BinaryOp(..)
        | Instruction::CompareOp(_)
        | Instruction::PopJumpIfFalse(_)
        | Instruction::PopJumpIfTrue(_)
        | Instruction::ReturnValue => both(depth.saturating_sub(1)),
        Instruction::JumpIfFalseOrPop(_) | Instruction::JumpIfTrueOrPop(_) => {
            (depth.saturating_sub(1), depth)
        }
        Instruction::ForIter(_) => (depth + 1, depth.saturating_sub(1)),
        Instruction::Call(count) => both(depth.saturating_sub(count as usize)),
        _ => both(depth),
    }
}
