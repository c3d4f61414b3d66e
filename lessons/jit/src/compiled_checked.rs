use std::ops::Range;
use std::time::Instant;

use kernels::Kernel;
use measure::{Context, Error};

use crate::total::{failed, record};

/// The same loop in Rust, compiled ahead, with the same check after each addition.
///
/// This is what a JIT compiler is measured against: the ahead-of-time compiler may take as long as it
/// likes. No `black_box` is needed: a loop that may stop at any addition has no closed form, so every
/// addition happens.
pub fn compiled_checked<K: Kernel>(
    kernel: &K,
    terms: Range<u64>,
    _: &Context,
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
    record(kernel, terms, start);
    Ok(sum)
}
