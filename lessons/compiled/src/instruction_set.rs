//! The languages of processors. Each has one file that reads its instructions and says of each what this
//! lesson asks; nothing else depends on the processor. All of them are compiled everywhere, so that the
//! machine code of another machine can be read, too.

mod a64;
#[cfg(test)]
mod tests;
mod x86;

use object::Architecture;

use crate::place::{Place, Register};

/// A language of processors.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum InstructionSet {
    /// That of AMD's and Intel's processors, 64 bits.
    X86,
    /// That of Arm's and Apple's processors, 64 bits; the whole architecture is called AArch64.
    A64,
}

/// An instruction, and what it does.
#[derive(Debug, Clone)]
pub(crate) struct Instruction {
    pub(crate) address: u64,
    /// How many bytes its encoding has.
    pub(crate) length: usize,
    /// Its text, without the place that it jumps to.
    pub(crate) text: String,
    pub(crate) meaning: Meaning,
}

/// What this lesson asks of an instruction.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Meaning {
    /// What runs after it.
    pub(crate) flow: Flow,
    /// The registers of which it adds data, if it adds some: those that are no constants, if it is to do so.
    pub(crate) adds: Option<Vec<Register>>,
    /// The constant by which it counts something on, or back.
    pub(crate) counts: Option<u64>,
    /// Whether it multiplies.
    pub(crate) multiplies: bool,
    /// Whether it does nothing: such fill the gaps between functions.
    pub(crate) fills: bool,
    /// The registers that it changes.
    pub(crate) writes: Vec<Register>,
    /// The general registers and the places on the stack that it reads or writes.
    pub(crate) touches: Vec<Place>,
}

/// What runs after an instruction. A place is not known where only the running program knows it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum Flow {
    /// The next one.
    #[default]
    Next,
    /// A function, and then the next one.
    Call(Option<u64>),
    /// The next one, or that at another place.
    Branch(Option<u64>),
    /// That at another place.
    Jump(Option<u64>),
    /// The caller.
    Return,
}

impl InstructionSet {
    /// That of the processor that runs this program, if this lesson knows it.
    pub fn here() -> Option<Self> {
        match std::env::consts::ARCH {
            "x86_64" => Some(InstructionSet::X86),
            "aarch64" => Some(InstructionSet::A64),
            _ => None,
        }
    }

    /// That of an executable for `architecture`, if this lesson knows it.
    pub(crate) fn of(architecture: Architecture) -> Option<Self> {
        match architecture {
            Architecture::X86_64 => Some(InstructionSet::X86),
            Architecture::Aarch64 => Some(InstructionSet::A64),
            _ => None,
        }
    }

    /// The instructions of the machine code that begins at `address`.
    pub(crate) fn decode(self, code: &[u8], address: u64) -> Vec<Instruction> {
        match self {
            InstructionSet::X86 => x86::decode(code, address),
            InstructionSet::A64 => a64::decode(code, address),
        }
    }
}

impl Flow {
    /// The place that it names.
    pub(crate) fn target(self) -> Option<u64> {
        match self {
            Flow::Call(target) | Flow::Branch(target) | Flow::Jump(target) => target,
            Flow::Next | Flow::Return => None,
        }
    }
}
