use std::ops::Range;

use shared::{Error, Kernel, Workers};

use crate::total::failed;

/// The same loop in Rust, compiled ahead, with the same check after each addition.
///
/// What a compiler at run time can be measured against: it has all the time it wants.
///
/// # Errors
///
/// Where the sum outgrows 64 bits.
pub fn compiled_checked<K: Kernel>(
    kernel: &K,
    terms: Range<u64>,
    _: Workers,
) -> Result<u64, Error> {
    // ANCHOR: loop
    let mut sum: u64 = 0;
    for i in terms {
        let Some(next) = sum.checked_add(kernel.term(i)) else {
            return Err(failed("an integer outgrew 64 bits"));
        };
        sum = next;
    }
    // ANCHOR_END: loop
    Ok(sum)
}
