use std::ops::Range;

use kernels::Kernel;
use measure::Error;

use crate::program::Program;

/// Instructions that often follow each other become one: three for each term.
///
/// `LOAD_FAST`, `LOAD_FAST`, `BINARY_OP`, `STORE_FAST` become one instruction that reads both variables
/// where they are. Nothing is pushed or popped, and no reference count goes up and down. The pass that
/// fuses them is in `passes/fuse.rs`.
pub fn superinstructions<K: Kernel>(
    kernel: &K,
    terms: Range<u64>,
    program: &mut Program,
) -> Result<u64, Error> {
    program.sum(kernel, terms)
}
