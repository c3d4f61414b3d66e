//! What is summed: the trait [`Kernel`], the kernels, each of which shows one limit of a machine, and
//! how their terms are [cut](split) among [`Workers`].
//!
//! A new kernel is one file and one line: the file implements [`Kernel`] and [`Known`] and describes
//! itself, the line stands in the registry below. Every program then knows it.

#![warn(missing_docs)]

mod error;
mod event;
mod kernel;
mod known;
mod name;
mod partial;
mod total;
mod workers;

mod system;

mod available;
pub mod peaks;
pub mod simd;
pub mod split;

mod any;
mod nameless;
mod sieve;

#[macro_use]
mod registry;

registry! {
    integers: Integers,
    memory: Memory,
    pi: Pi,
    primes: Primes,
    own: Yours,
}

pub use any::{AnyKernel, AnyKnown};
pub use available::{available_memory, check_available, total_memory};
pub use error::Error;
pub use event::{Event, Span, WorkerId};
pub use kernel::{Kernel, Spec};
pub use known::{Ceiling, Expected, Home, Known};
pub use memory::{sum_of_bytes, sum_of_numbers};
pub use name::KernelName;
pub use nameless::nameless_file;
pub use own::{Joined, Own};
pub use partial::{Atomic, AtomicOf, Partial};
pub use registry::{Description, Visitor};
pub use total::Total;
pub use workers::Workers;
