use std::ops::Range;
use std::time::Instant;

use kernels::{Event, Integers, Kernel, Known, Span};
use measure::{Context, Error};

#[cfg_attr(target_arch = "x86_64", path = "intrinsics/x86_64.rs")]
#[cfg_attr(target_arch = "aarch64", path = "intrinsics/aarch64.rs")]
#[cfg_attr(not(any(target_arch = "x86_64", target_arch = "aarch64")), path = "intrinsics/plain.rs")]
mod by_hand;

/// The same by hand: functions that stand for one instruction each, called intrinsics.
///
/// There is nothing between you and the processor. So there is one function for each instruction set, in a file for
/// each architecture; you ask the processor yourself what it has, and tell the compiler, with `unsafe`, that you did.
pub fn intrinsics<K: Kernel>(kernel: &K, terms: Range<u64>, _: &Context) -> Result<u64, Error> {
    let (start, mask) = (Instant::now(), Integers::new(terms.end)?.term(0));
    let sum = by_hand::sum_masked(terms.clone(), mask);
    kernel.record(Event::Summed(Span::mine(terms, start)));
    Ok(sum)
}
