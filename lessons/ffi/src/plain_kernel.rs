//! What there is to add, as plain data.

use std::hint::black_box;
use std::ops::Range;

use kernels::{Integers, Kernel, KernelName, Known, Memory, Pi, Primes};
use measure::{Context, Error};

/// What there is to add, as plain data: what another language can be given.
///
/// A kernel is a type of Rust, which means nothing to a compiler for C. Numbers and addresses do.
#[derive(Debug)]
pub enum PlainKernel {
    /// `i ^ mask`.
    Integers {
        /// Zero; only the running program knows that.
        mask: u64,
    },
    /// Numbers in memory.
    Memory(Memory),
    /// 4/(1+x^2).
    Pi {
        /// The distance of two midpoints.
        step: f64,
        /// 4, in the unit that the sum counts.
        four: f64,
    },
    Primes,
}

impl PlainKernel {
    /// What `kernel` adds. It is made once, before a clock runs.
    ///
    /// # Errors
    ///
    /// Where the numbers cannot be mapped.
    pub fn of<K: Kernel>(kernel: &K, _: &Context) -> Result<PlainKernel, Error> {
        let spec = kernel.spec();
        Ok(match spec.kernel {
            Integers::NAME => PlainKernel::Integers { mask: black_box(0) },
            Memory::NAME => PlainKernel::Memory(match spec.data {
                Some(file) => Memory::attach(spec.terms, Some(file))?,
                // The kernel keeps its numbers to itself. These are the same.
                None => Memory::new(spec.terms)?,
            }),
            Pi::NAME => {
                let pi = Pi::new(spec.terms)?;
                PlainKernel::Pi { step: pi.step(), four: pi.four() }
            }
            Primes::NAME => PlainKernel::Primes,
            other => return Err(unknown(other)),
        })
    }
}

fn unknown(kernel: KernelName) -> Error {
    Error::Missing {
        what: format!("the kernel {kernel}"),
        why: "it is not written in C and C++ here".to_owned(),
        remedy: "see lessons/ffi/src/c",
    }
}

/// The numbers of a range.
pub(crate) fn part<'a>(memory: &'a Memory, terms: &Range<u64>) -> &'a [u64] {
    &memory.all()[terms.start as usize..terms.end as usize]
}
