//! A kernel with nothing to sum: what is left is what it costs to hand out the work.

use std::hint::black_box;
use std::ops::Range;

use kernels::{Integers, Kernel, Known, Spec};

/// Every term is 0 and takes no time. A grain is one term, so the schedulers cut down to single
/// terms.
#[derive(Debug, Clone, Copy)]
pub struct Nothing;

impl Kernel for Nothing {
    type Partial = u64;

    fn sum(&self, range: Range<u64>) -> u64 {
        black_box(range);
        0
    }

    fn term(&self, _: u64) -> u64 {
        0
    }

    fn grain(&self) -> u64 {
        1
    }

    /// Another process would sum the integers below 0, which is nothing, too.
    fn spec(&self) -> Spec {
        Spec { kernel: Integers::NAME, terms: 0, data: None }
    }
}
