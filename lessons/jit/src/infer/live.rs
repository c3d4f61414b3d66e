use std::collections::HashSet;

use ::interpreted::{Code, Instruction};

/// For each place in a code: the local variables that may still be read from there on.
///
/// The type of a variable that is never read again does not distinguish versions of a block.
pub(super) fn live(code: &Code) -> Vec<HashSet<usize>> {
    let instructions: Vec<Instruction> = code.listing().collect();
    let mut live = vec![HashSet::new(); instructions.len() + 1];
    // From the last to the first, until nothing is added: loops pass it on backwards.
    loop {
        let mut changed = false;
        for (at, instruction) in instructions.iter().enumerate().rev() {
            let stays = !matches!(
                instruction,
                Instruction::JumpForward(_)
                    | Instruction::JumpBackward(_)
                    | Instruction::ReturnValue
            );
            let mut here = if stays { live[at + 1].clone() } else { HashSet::new() };
            if let Some(target) = instruction.target() {
                here.extend(live[target as usize].iter().copied());
            }
            match instruction {
                Instruction::StoreFast(index) => {
                    here.remove(&(*index as usize));
                }
                Instruction::LoadFast(index) => {
                    here.insert(*index as usize);
                }
                _ => {}
            }
            changed |= here != live[at];
            live[at] = here;
        }
        if !changed {
            return live;
        }
    }
}
