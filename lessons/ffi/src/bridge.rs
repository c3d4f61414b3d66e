//! The border to C++: declared once, here. The crate cxx makes both sides of it from this, and each of the
//! two compilers checks its own.
#![expect(unsafe_code, reason = "calls functions of another language")]

/// The four sums in C++, and what they throw.
// ANCHOR: bridge
#[cxx::bridge(namespace = "sums")]
pub mod sums {
    // SAFETY: these functions touch nothing but their arguments, which the bridge checks on both sides.
    unsafe extern "C++" {
        include!("ffi/cxx/sums.hpp");

        /// The sum of `i ^ mask`.
        fn integers(low: u64, high: u64, mask: u64) -> u64;
        /// The sum of the numbers.
        fn memory(numbers: &[u64]) -> u64;
        /// The sum of 4/(1+x^2) in fixed point.
        fn pi(low: u64, high: u64, step: f64, four: f64) -> u64;
        /// The sum of the primes.
        fn primes(low: u64, high: u64) -> u64;
        // ANCHOR_END: bridge

        /// One term.
        fn integers_term(i: u64, mask: u64) -> u64;
        /// One of the numbers; an exception where there is none is an error here.
        fn number_at(numbers: &[u64], place: usize) -> Result<u64>;
        /// Throws a number.
        fn throw_number(number: u64) -> Result<u64>;

        include!("ffi/cxx/instances.hpp");

        /// The first of these, made from a template.
        fn any_integers(low: u64, high: u64, mask: u64) -> u64;
        /// The second.
        fn any_memory(numbers: &[u64]) -> u64;
        /// The third.
        fn any_pi(low: u64, high: u64, step: f64, four: f64) -> u64;
        /// The fourth.
        fn any_primes(low: u64, high: u64) -> u64;
    }
}
