use std::ops::Range;

use ::interpreted::Program;
use kernels::Kernel;
use measure::Error;

/// The same bytecode in the plain machine of the lesson `interpreted`: nothing is compiled.
pub fn interpreted<K: Kernel>(
    kernel: &K,
    terms: Range<u64>,
    program: &mut Program,
) -> Result<u64, Error> {
    program.sum(kernel, terms)
}
