use std::ops::Range;

use kernels::Kernel;
use measure::Error;

use crate::program::Program;

/// One instruction after the other, as the compiler made them: seven for each term.
///
/// The machine takes an instruction, finds its arm in the loop of `vm/machine.rs`, does the work, and
/// takes the next. `s += i` pushes both values, looks up what `+` means for their types, takes a box for
/// the result, and pops it into `s`.
pub fn plain<K: Kernel>(
    kernel: &K,
    terms: Range<u64>,
    program: &mut Program,
) -> Result<u64, Error> {
    program.sum(kernel, terms)
}
