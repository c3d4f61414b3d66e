//! The few instructions that do the work: the additions of data, and not those of the bookkeeping.

use iced_x86::{InstructionInfoFactory, Mnemonic, OpAccess, OpKind, Register};

use crate::listing::Line;
use crate::loops::turns;

/// For each instruction, whether it adds numbers that the program works with. One that adds what never
/// changes counts a loop on, or moves the stack. Of a function with loops: only what stands in one.
pub(crate) fn additions(lines: &[Line]) -> Vec<bool> {
    let loops: Vec<(usize, usize)> = turns(lines).collect();
    (0..lines.len())
        .map(|number| {
            // The smallest loop around it.
            let around = loops.iter().filter(|(first, last)| (*first..=*last).contains(&number));
            match around.min_by_key(|(first, last)| last - first) {
                Some((first, last)) => adds(&lines[number], Some(&lines[*first..=*last])),
                None => loops.is_empty() && adds(&lines[number], None),
            }
        })
        .collect()
}

/// Whether `line` adds data; `turn` is the loop around it.
fn adds(line: &Line, turn: Option<&[Line]>) -> bool {
    let instruction = &line.instruction;
    let all_move = || {
        (0..instruction.op_count()).all(|operand| match instruction.op_kind(operand) {
            OpKind::Register => {
                let register = instruction.op_register(operand).full_register();
                register != Register::RSP
                    && turn.is_none_or(|turn| turn.iter().any(|line| writes(line, register)))
            }
            // What lies at a fixed place of the program is a constant.
            OpKind::Memory => instruction.memory_base() != Register::RIP,
            _ => false,
        })
    };
    match instruction.mnemonic() {
        Mnemonic::Add | Mnemonic::Paddd | Mnemonic::Paddq | Mnemonic::Vpaddd | Mnemonic::Vpaddq => {
            all_move()
        }
        // It is meant to compute addresses, and adds two registers into a third.
        Mnemonic::Lea => {
            instruction.memory_index() != Register::None
                && instruction.memory_index_scale() == 1
                && instruction.memory_displacement64() == 0
        }
        _ => false,
    }
}

/// Whether the instruction changes the register.
fn writes(line: &Line, register: Register) -> bool {
    let mut factory = InstructionInfoFactory::new();
    let info = factory.info(&line.instruction);
    info.used_registers().iter().any(|used| {
        used.register().full_register() == register
            && !matches!(used.access(), OpAccess::Read | OpAccess::CondRead | OpAccess::NoMemAccess)
    })
}
