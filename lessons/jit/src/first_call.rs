use std::ops::Range;
use std::rc::Rc;
use std::time::Instant;

use ::interpreted::Code;
use kernels::Kernel;
use measure::Error;

use crate::total::{call, made, tell};

/// The first call of a function: its types are found, it is compiled, and then it runs.
///
/// All of that happens in every sum of this row. What was compiled is thrown away again.
///
/// # Errors
///
/// Where it can't be compiled, or the sum outgrows 64 bits.
pub fn first_call<K: Kernel>(
    kernel: &K,
    terms: Range<u64>,
    code: &mut Rc<Code>,
) -> Result<u64, Error> {
    let start = Instant::now();
    // ANCHOR: first
    let (_, compiled) = made(code, false)?;
    let sum = call(&compiled.native, &terms)?;
    // ANCHOR_END: first
    tell(kernel, terms, start);
    Ok(sum)
}
