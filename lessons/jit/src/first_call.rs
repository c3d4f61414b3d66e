use std::ops::Range;
use std::rc::Rc;
use std::time::Instant;

use ::interpreted::Code;
use kernels::Kernel;
use measure::Error;

use crate::total::{call, compiled, record};

/// The first call of a function: its types are inferred, it is compiled, and then it runs.
///
/// All of that happens in every sum of this row. The machine code is freed again.
pub fn first_call<K: Kernel>(
    kernel: &K,
    terms: Range<u64>,
    code: &mut Rc<Code>,
) -> Result<u64, Error> {
    let start = Instant::now();
    // ANCHOR: first
    let (_, compiled) = compiled(code, false)?;
    let sum = call(&compiled.native, &terms)?;
    // ANCHOR_END: first
    record(kernel, terms, start);
    Ok(sum)
}
