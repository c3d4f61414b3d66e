//! The functions that `summing.h` declares; those about a growing sum are in `total.rs`.
#![expect(unsafe_code, reason = "functions for C have names that the compiler does not change")]

use std::ffi::c_char;

use crate::guard::for_c;
use crate::pointers::{Array, Place};
use crate::{Status, integers, memory_checked, range};

// SAFETY: the name begins with that of the library, and no other function anywhere has it.
#[unsafe(no_mangle)]
extern "C" fn summing_message(status: i32) -> *const c_char {
    Status::message(status).as_ptr()
}

for_c! {
    fn summing_integers(low: u64, high: u64, mask: u64, sum: Place<u64>) {
        sum.check()?;
        check_range(low, high, mask)?;
        sum.write(integers(low, high, mask))
    }
}

for_c! {
    fn summing_memory(numbers: Array<u64>, count: usize, sum: Place<u64>) {
        sum.check()?;
        let total = memory_checked(numbers.slice(count)?).ok_or(Status::TooLarge)?;
        sum.write(total)
    }
}

for_c! {
    fn summing_range(text: Array<u8>, length: usize, low: Place<u64>, high: Place<u64>) {
        low.check()?;
        high.check()?;
        let text = str::from_utf8(text.slice(length)?).map_err(|_| Status::NotUtf8)?;
        let found = range(text)?;
        low.write(found.start)?;
        high.write(found.end)
    }
}

/// Refuses a range that runs backwards, or whose sum may not fit.
fn check_range(low: u64, high: u64, mask: u64) -> Result<(), Status> {
    let count = high.checked_sub(low).ok_or(Status::Backwards)?;
    // i ^ mask is at most i + mask. Both products are below 2^128; their sum may not be.
    let of_numbers = u128::from(count) * (u128::from(low) + u128::from(high.max(1) - 1)) / 2;
    let of_masks = u128::from(count) * u128::from(mask);
    let fits = of_numbers.checked_add(of_masks).is_some_and(|most| most <= u64::MAX.into());
    if fits { Ok(()) } else { Err(Status::TooLarge) }
}

#[cfg(test)]
mod tests;
