mod instruction;
mod machine;
mod translate;

use std::ops::Range;

use kernels::Kernel;
use measure::Error;

use crate::program::Program;

pub use instruction::{Operand, RegisterInstruction};
pub(crate) use translate::translate;

/// Registers instead of a stack: two instructions for each term, `Next` and `Binary`, and a jump.
///
/// An instruction names the places that it reads and the one that it writes. Nothing is pushed only to
/// be popped again, and so no counter of references goes up and down: a variable that alone refers to its
/// number has the new number written into the same box. Lua and the virtual machine of Android work like this. The code is made from that
/// of the stack, in `registers/translate.rs`: what would be pushed is remembered instead, until an
/// instruction takes it.
///
/// # Errors
///
/// Those of [`Program::sum`].
pub fn registers<K: Kernel>(
    kernel: &K,
    terms: Range<u64>,
    program: &mut Program,
) -> Result<u64, Error> {
    program.sum(kernel, terms)
}
