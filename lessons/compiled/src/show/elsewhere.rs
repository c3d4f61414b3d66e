use course::{BOLD, wrapped};
use measure::Error;

use super::function;
use crate::instruction_set::InstructionSet;
use crate::program::Program;

/// The listings for the other processor. They say themselves who compiled them, and how.
const AARCH64: &str = include_str!("aarch64.txt");
const X86_64: &str = include_str!("x86_64.txt");

/// The addition for another processor, beside the one for this.
pub(super) fn elsewhere(program: &Program<'_>) -> Result<String, Error> {
    let (other, listing, lengths) = match program.instruction_set()? {
        InstructionSet::X86 => (
            "AArch64",
            AARCH64,
            "All instructions of AArch64 are four bytes long; those of x86-64 are one to fifteen.",
        ),
        InstructionSet::A64 => (
            "x86-64",
            X86_64,
            "The instructions of x86-64 are one to fifteen bytes long; all of AArch64 are four.",
        ),
    };
    let mut text = function(program, &program.function("cxx_optimised::addition")?, false)?;
    text += &format!("\n{BOLD}The same functions for {other}{BOLD:#}\n{listing}\n");
    text += &wrapped(
        &format!(
            "The same source, another language: other names of registers, other instructions. {lengths} \
             This listing was compiled ahead, on another day, because this program cannot hold code for \
             two processors."
        ),
        0,
    );
    Ok(text)
}
