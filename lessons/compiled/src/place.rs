//! Where a variable lies: in a register, or in a slot on the stack.

use std::ops::Range;

use iced_x86::{Instruction, OpKind, Register};

/// A variable and its places, each for a range of addresses of instructions.
#[derive(Debug)]
pub(crate) struct Variable {
    pub(crate) name: String,
    pub(crate) places: Vec<(Range<u64>, Place)>,
}

/// A place for a value.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Place {
    Register(Register),
    Slot { base: Register, displacement: i64 },
}

/// The registers of x86-64 in the order of DWARF's numbers.
const REGISTERS: [Register; 16] = [
    Register::RAX,
    Register::RDX,
    Register::RCX,
    Register::RBX,
    Register::RSI,
    Register::RDI,
    Register::RBP,
    Register::RSP,
    Register::R8,
    Register::R9,
    Register::R10,
    Register::R11,
    Register::R12,
    Register::R13,
    Register::R14,
    Register::R15,
];

/// Below the frame lie the address to go back to and the caller's `rbp`, eight bytes each.
const FRAME_TO_RBP: i64 = 16;

impl Place {
    /// The register with DWARF's number `number`.
    pub(crate) fn register(number: u16) -> Option<Self> {
        REGISTERS.get(usize::from(number)).copied().map(Place::Register)
    }

    /// So many bytes from where the register with DWARF's number `number` points to.
    pub(crate) fn slot(number: u16, displacement: i64) -> Option<Self> {
        let base = *REGISTERS.get(usize::from(number))?;
        Some(Place::Slot { base, displacement })
    }

    /// So many bytes from the frame, in a function that keeps `rbp` for its frame.
    pub(crate) fn slot_in_frame(offset: i64) -> Option<Self> {
        Some(Place::Slot { base: Register::RBP, displacement: offset + FRAME_TO_RBP })
    }

    fn is_touched_by(self, instruction: &Instruction) -> bool {
        match self {
            Place::Register(register) => (0..instruction.op_count()).any(|operand| {
                instruction.op_kind(operand) == OpKind::Register
                    && instruction.op_register(operand).full_register() == register
            }),
            Place::Slot { base, displacement } => {
                (0..instruction.op_count())
                    .any(|operand| instruction.op_kind(operand) == OpKind::Memory)
                    && instruction.memory_base() == base
                    && instruction.memory_index() == Register::None
                    && instruction.memory_displacement64() as i64 == displacement
            }
        }
    }
}

/// The variables that an instruction reads or writes, as the reader calls them: `[rsp+0x4] is a`.
pub(crate) fn named(variables: &[Variable], instruction: &Instruction) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for variable in variables {
        let here = variable.places.iter().find(|(range, place)| {
            // A variable that an instruction makes is in its place from the next one on.
            let next = instruction.next_ip();
            (range.contains(&instruction.ip()) || range.start == next)
                && place.is_touched_by(instruction)
        });
        if here.is_some() && !names.contains(&variable.name) {
            names.push(variable.name.clone());
        }
    }
    names
}
