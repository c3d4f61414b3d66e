use std::ops::Range;
use std::time::Instant;

use kernels::Kernel;
use measure::Error;

use crate::native::Native;
use crate::total::{call, tell};

/// All calls after the first: the machine code is there, and runs.
///
/// # Errors
///
/// Where the sum outgrows 64 bits.
pub fn later_calls<K: Kernel>(
    kernel: &K,
    terms: Range<u64>,
    native: &mut Native,
) -> Result<u64, Error> {
    let start = Instant::now();
    let sum = call(native, &terms)?;
    tell(kernel, terms, start);
    Ok(sum)
}
