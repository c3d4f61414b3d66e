use std::ops::Range;

use kernels::{AnyKernel, Integers, Kernel, Known, Pi, Spec, Workers};
use measure::Error;

/// A kernel with a grain that is smaller than it should be, so that even a sum that is too short for it is shared.
#[derive(Debug, Clone)]
struct Fine<K> {
    kernel: K,
    grain: u64,
}

/// Each worker gets so many grains: with four a sum is shared at all, and with eight there is something to steal.
const GRAINS: u64 = 8;

/// Next to nothing, for so many workers: what is left is what it costs to hand it out. With its number of terms.
///
/// # Errors
///
/// That of the kernel, which takes every number of terms that occurs here.
pub(super) fn nothing(workers: Workers) -> Result<(AnyKernel, u64), Error> {
    let terms = GRAINS * workers.get() as u64;
    Ok((AnyKernel::new(Fine { kernel: Integers::new(terms)?, grain: 1 }), terms))
}

/// Even work that takes one core about 50 microseconds. With its number of terms.
///
/// # Errors
///
/// That of the kernel, which takes every number of terms that occurs here.
pub(super) fn short(workers: Workers) -> Result<(AnyKernel, u64), Error> {
    let terms = Pi::new(1)?.grain();
    let grain = (terms / GRAINS / workers.get() as u64).max(1);
    Ok((AnyKernel::new(Fine { kernel: Pi::new(terms)?, grain }), terms))
}

impl<K: Kernel> Kernel for Fine<K> {
    type Partial = K::Partial;

    fn sum(&self, range: Range<u64>) -> K::Partial {
        self.kernel.sum(range)
    }

    fn term(&self, i: u64) -> K::Partial {
        self.kernel.term(i)
    }

    fn grain(&self) -> u64 {
        self.grain
    }

    fn spec(&self) -> Spec {
        self.kernel.spec()
    }
}
