use std::ops::Range;

use kernels::Kernel;
use measure::Error;

use crate::program::Program;

/// Registers instead of a stack: two instructions for each term, `Next` and `Binary`, and a jump.
///
/// An instruction names the places that it reads and the one that it writes. Nothing is pushed only to
/// be popped again, so no reference count goes up and down: a variable that alone refers to its number
/// has the new number written into the same box. Lua and Android's virtual machine work like this. The
/// register code is translated from the stack code, in `passes/translate.rs`: what would be pushed is
/// remembered until an instruction takes it.
pub fn registers<K: Kernel>(
    kernel: &K,
    terms: Range<u64>,
    program: &mut Program,
) -> Result<u64, Error> {
    program.sum(kernel, terms)
}
