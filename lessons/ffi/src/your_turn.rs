use std::ops::Range;

use kernels::Kernel;
use measure::{Context, Error};

/// Your strategy. It starts as the sequential sum, in the kernel's own loop.
///
/// Change the body, run `cargo run -p ffi` again, and find your row in the table. What you may use:
///
/// - `crate::plain_kernel::PlainKernel::of(kernel, workers)` says what there is to add, as plain numbers and addresses;
/// - `crate::c::sum(&plain, range)` has it added by `c/kernels.c`. Add a function of yours to that file and to
///   `c/kernels.h`, declare it in `src/c.rs`, and call it;
/// - `kernel.record(Event::Summed(Span::mine(range, start)))` tells what was summed elsewhere: see `c_whole.rs`.
///
/// Ideas: half of the terms in C and half in Rust; a callback for each block, not for each term; a struct with
/// two numbers as the argument of a function in C.
pub fn your_turn<K: Kernel>(
    kernel: &K,
    terms: Range<u64>,
    context: &Context,
) -> Result<K::Partial, Error> {
    let _ = context; // There is only one worker in this lesson.
    Ok(kernel.sum(terms))
}
