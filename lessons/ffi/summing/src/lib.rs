//! Sums, for programs in C and everything that can call C.
//!
//! In reading order: the plain loops, which Rust calls; what can be wrong with a call; pointers that
//! came from C; the guard that no panic passes; and then what `summing.h` declares.

mod sums;

mod status;

mod pointers;

mod guard;

mod border;

mod range;

mod total;

pub use range::range;
pub use status::Status;
pub use sums::{integers, memory, memory_checked, pi, primes};
