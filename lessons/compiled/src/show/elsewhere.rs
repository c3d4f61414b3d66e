use course::{BOLD, wrapped};
use measure::Error;

use super::function;
use crate::program::Program;

/// The listing for AArch64. It says itself who compiled it, and how.
const AARCH64: &str = include_str!("aarch64.txt");

/// The addition for another processor, beside the one for this.
pub(super) fn elsewhere(program: &Program<'_>) -> Result<String, Error> {
    let mut text = function(program, &program.function("cxx_optimised::addition")?, false)?;
    text += &format!("\n{BOLD}The same functions for AArch64{BOLD:#}\n{AARCH64}\n");
    text += &wrapped(
        "The same source, another language: other names of registers, other instructions. All \
         instructions of AArch64 are four bytes long; those of x86-64 are one to fifteen. This listing \
         was compiled ahead, on another day, because this program cannot hold code for two processors.",
        0,
    );
    Ok(text)
}
