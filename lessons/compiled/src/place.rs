//! Where a variable lies: in a register, or in a slot on the stack.

use std::ops::Range;

use crate::listing::Line;

/// A variable and its places, each for a range of addresses of instructions.
#[derive(Debug, Clone)]
pub(crate) struct Variable {
    pub(crate) name: String,
    pub(crate) places: Vec<(Range<u64>, Place)>,
}

/// A place for a value.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Place {
    Register(Register),
    /// So many bytes from where the register points to.
    Slot {
        base: Register,
        displacement: i64,
    },
}

/// A register of the processor, by DWARF's number: the same for a part of it and for all of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Register(pub(crate) u16);

/// The variables that an instruction reads or writes, as the reader calls them: `[rsp+0x4] is a`.
pub(crate) fn named(variables: &[Variable], line: &Line) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for variable in variables {
        let here = variable.places.iter().find(|(range, place)| {
            // A variable that an instruction makes is in its place from the next one on.
            let next = line.address + line.bytes.len() as u64;
            (range.contains(&line.address) || range.start == next)
                && line.meaning.touches.contains(place)
        });
        if here.is_some() && !names.contains(&variable.name) {
            names.push(variable.name.clone());
        }
    }
    names
}
