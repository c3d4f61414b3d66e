use std::ops::Range;
use std::time::Instant;

use kernels::{Kernel, Workers};
use measure::Error;

use crate::total::{failed, tell};

/// The same loop in Rust, compiled ahead, with the same check after each addition.
///
/// What a compiler at run time can be measured against: it has all the time it wants. No mask is needed
/// here: a loop that may stop at each addition has no formula, and so each addition happens.
///
/// # Errors
///
/// Where the sum outgrows 64 bits.
pub fn compiled_checked<K: Kernel>(
    kernel: &K,
    terms: Range<u64>,
    _: Workers,
) -> Result<u64, Error> {
    let start = Instant::now();
    // ANCHOR: loop
    let mut sum: u64 = 0;
    for i in terms.clone() {
        let Some(next) = sum.checked_add(i) else {
            return Err(failed("an integer outgrew 64 bits"));
        };
        sum = next;
    }
    // ANCHOR_END: loop
    tell(kernel, terms, start);
    Ok(sum)
}
