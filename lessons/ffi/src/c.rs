//! The border to C: what `c/kernels.h` declares, said again in Rust.
//!
//! Nobody compares the two. A wrong type here would be a wrong number there, or worse; so there is one place
//! for them, and everything else calls the functions below, which no caller can use wrongly.
#![expect(unsafe_code, reason = "calls functions of another language")]

use std::ops::Range;

use crate::plain_kernel::{PlainKernel, part};

// ANCHOR: declared
mod declared {
    // SAFETY: these are the declarations of c/kernels.h: the types are the same. Those that are `safe`
    // touch nothing but their arguments; a reference is the address of something that is there.
    unsafe extern "C" {
        pub(super) safe fn c_integers(low: u64, high: u64, mask: u64) -> u64;
        /// One term of `integers`, for the price of a call.
        pub safe fn c_integers_term(i: u64, mask: u64) -> u64;
        pub(super) fn c_memory(numbers: *const u64, count: usize) -> u64;
        /// One term of `memory`.
        pub safe fn c_memory_term(number: &u64) -> u64;
        pub(super) safe fn c_pi(low: u64, high: u64, step: f64, four: f64) -> u64;
        /// One term of `pi`.
        pub safe fn c_pi_term(i: u64, step: f64, four: f64) -> u64;
        pub(super) safe fn c_primes(low: u64, high: u64) -> u64;
        /// One term of `primes`.
        pub safe fn c_primes_term(i: u64) -> u64;
    }
}
// ANCHOR_END: declared

pub use declared::{
    c_integers_term as integers_term, c_memory_term as memory_term, c_pi_term as pi_term,
    c_primes_term as primes_term,
};

// ANCHOR: memory
/// The sum of `numbers`, by C.
pub fn memory(numbers: &[u64]) -> u64 {
    // SAFETY: a slice is so many numbers, in their place, that nobody changes meanwhile.
    unsafe { declared::c_memory(numbers.as_ptr(), numbers.len()) }
}
// ANCHOR_END: memory

/// One call that adds all of `terms`.
pub fn sum(plain: &PlainKernel, terms: Range<u64>) -> u64 {
    match plain {
        PlainKernel::Integers { mask } => declared::c_integers(terms.start, terms.end, *mask),
        PlainKernel::Memory(numbers) => memory(part(numbers, &terms)),
        PlainKernel::Pi { step, four } => declared::c_pi(terms.start, terms.end, *step, *four),
        PlainKernel::Primes => declared::c_primes(terms.start, terms.end),
    }
}
