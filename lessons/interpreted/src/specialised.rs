use std::ops::Range;

use kernels::Kernel;
use measure::Error;

use crate::program::Program;

/// An instruction that saw two integers expects them again.
///
/// `BINARY_OP` overwrites itself with `BINARY_OP_ADD_INT`, as CPython does since 3.11. That one checks the
/// two values, adds them, and looks up no slot. Where it meets other types it turns back. What replaces what
/// is in `passes/specialise.rs`.
pub fn specialised<K: Kernel>(
    kernel: &K,
    terms: Range<u64>,
    program: &mut Program,
) -> Result<u64, Error> {
    program.sum(kernel, terms)
}
