//! The functions of `cxx/sums.cpp`, which `build.rs` compiles twice.
#![expect(unsafe_code, reason = "calls functions of another language")]

mod c {
    // SAFETY: these are the definitions of cxx/sums.cpp: the types are the same, and they touch nothing
    // but their arguments, so that nobody has to promise anything to call them.
    unsafe extern "C" {
        pub(super) safe fn cxx_unoptimised_addition(a: i32, b: i32) -> i32;
        pub(super) safe fn cxx_unoptimised_sum(n: u64) -> u64;
        pub(super) safe fn cxx_optimised_addition(a: i32, b: i32) -> i32;
        pub(super) safe fn cxx_optimised_sum(n: u64) -> u64;
    }
}

/// `a + b`, without optimisation. In C++ a sum that does not fit is no sum at all: callers see to it.
pub fn unoptimised_addition(a: i32, b: i32) -> i32 {
    c::cxx_unoptimised_addition(a, b)
}

/// The sum of 0..n, without optimisation.
pub fn unoptimised_sum(n: u64) -> u64 {
    c::cxx_unoptimised_sum(n)
}

/// `a + b`, optimised.
pub fn optimised_addition(a: i32, b: i32) -> i32 {
    c::cxx_optimised_addition(a, b)
}

/// The sum of 0..n, optimised.
pub fn optimised_sum(n: u64) -> u64 {
    c::cxx_optimised_sum(n)
}
