//! A total that is too small.

use std::hint::black_box;

use kernels::{Integers, Kernel, Known};
use measure::Error;

use super::Deviation;

const TERMS: u64 = 1_000_000;
const EXPECTED: u64 = TERMS * (TERMS - 1) / 2;

/// Every term fits into 32 bits, and their sum does not.
///
/// Written as `total += i`, a debug build of Rust panics and a release build wraps around, as Java and NumPy do. C
/// wraps unsigned numbers only: a signed sum that overflows is undefined behaviour, so its compiler may
/// assume that none does.
pub fn broken() -> Deviation {
    // ANCHOR: broken
    let mut total: u32 = 0;
    for i in 0..black_box(TERMS) as u32 {
        total = total.wrapping_add(i); // What `total += i` is in a release build.
    }
    // ANCHOR_END: broken
    Deviation::of(u64::from(total), EXPECTED)
}

/// A kernel knows the largest n whose sum fits, and refuses a larger one before any work.
pub fn fixed() -> Result<Deviation, Error> {
    // ANCHOR: fixed
    Integers::check_terms(TERMS)?;
    let total: u64 = Integers::new(TERMS)?.sum(0..TERMS);
    // ANCHOR_END: fixed
    Ok(Deviation::of(total, EXPECTED))
}
