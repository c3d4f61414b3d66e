use std::hint::black_box;
use std::time::Duration;

use kernels::{
    AnyKernel, Integers, Kernel, KernelName, Known, Memory, Pi, Primes, Workers, available_memory,
    split,
};
use measure::{Context, Error, machine::Ceilings, rate_together};
use serde::Serialize;

/// One kernel under its roof: how fast it is, and what it cannot pass.
///
/// The roofline is by S. Williams, A. Waterman and D. Patterson, *Roofline: an insightful visual
/// performance model for multicore architectures*, Communications of the ACM 52(4), 2009: a kernel that
/// does i operations for each byte does no more a second than the cores can, and no more than i times the
/// bytes that the memory delivers.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct Roof {
    pub(crate) kernel: KernelName,
    /// What it mostly does: `additions`, `divisions`.
    pub(crate) operation: &'static str,
    /// How many of these one term takes.
    pub(crate) operations_per_term: f64,
    /// Bytes of memory for each term.
    pub(crate) bytes_per_term: u64,
    /// Operations a second that were seen, of all workers together.
    pub(crate) per_second: f64,
    /// What all cores can do.
    pub(crate) cores_allow: f64,
    /// What the memory allows; `None` where nothing is read.
    pub(crate) memory_allows: Option<f64>,
    /// Whether the kernel passed its roof as that was measured, so that the roof is the kernel itself.
    pub(crate) passed: bool,
}

impl Roof {
    /// The same under a roof that the kernel does not pass: one is measured for a moment only, and what was passed
    /// was too low.
    fn raised(self) -> Self {
        let Roof { per_second, cores_allow, .. } = self;
        match self.memory_allows {
            Some(memory) if per_second > memory => {
                Roof { memory_allows: Some(per_second), passed: true, ..self }
            }
            None if per_second > cores_allow => {
                Roof { cores_allow: per_second, passed: true, ..self }
            }
            _ => self,
        }
    }

    /// The lower of both roofs.
    pub(crate) fn roof(&self) -> f64 {
        self.memory_allows.map_or(self.cores_allow, |memory| memory.min(self.cores_allow))
    }

    /// Which of both roofs it is.
    pub(crate) fn limit(&self) -> &'static str {
        match self.memory_allows {
            Some(memory) if memory < self.cores_allow => "memory",
            _ => "cores",
        }
    }

    /// Operations for each byte; infinite where nothing is read.
    pub(crate) fn intensity(&self) -> f64 {
        self.operations_per_term / self.bytes_per_term as f64
    }
}

/// How many numbers `primes` tries.
const CANDIDATES: u64 = 200_000;

/// The best of so many windows counts, in each of which all cores work until a common end.
const WINDOWS: usize = 5;
const WINDOW: Duration = Duration::from_millis(15);

/// Runs the four kernels on all usable cores: about a third of a second.
pub(crate) fn roofline(ceilings: &Ceilings) -> Result<Vec<Roof>, Error> {
    let numbers = (available_memory() / 32).clamp(1 << 20, 8 << 20);
    Ok(vec![
        roof(Integers::NAME, 50_000_000, "additions", 1.0, ceilings)?,
        roof(Memory::NAME, numbers, "additions", 1.0, ceilings)?,
        roof(Pi::NAME, 10_000_000, "divisions", 1.0, ceilings)?,
        roof(Primes::NAME, CANDIDATES, "divisions", trials(CANDIDATES), ceilings)?,
    ])
}

fn roof(
    kernel: KernelName,
    terms: u64,
    operation: &'static str,
    operations_per_term: f64,
    ceilings: &Ceilings,
) -> Result<Roof, Error> {
    let (sums, context) =
        (AnyKernel::attach(kernel, terms, None)?, Context::new(Workers::usable()));
    // Many small blocks in turn: equal ranges of `primes` would be unequal work.
    let blocks = |worker: usize| {
        let all = (0..).map_while(|number| split::block(&(0..terms), terms.div_ceil(1000), number));
        all.skip(worker).step_by(context.workers().get())
    };
    // A step is all blocks of one worker: a part of these terms would be other work.
    let step = |worker: usize| {
        for block in blocks(worker) {
            black_box(black_box(&sums).sum(black_box(block)));
        }
        operations_per_term * terms as f64 / context.workers().get() as f64
    };
    let mut per_second = 0.0_f64;
    for _ in 0..WINDOWS {
        per_second = per_second.max(rate_together(&context, WINDOW, step)?);
    }
    let per_core = match operation {
        "divisions" => ceilings.divisions_per_second_per_core,
        _ => ceilings.additions_per_second_per_core,
    };
    let bytes_per_term = kernel.description().bytes_per_term;
    let memory = ceilings.read_bytes_per_second * operations_per_term / bytes_per_term as f64;
    let measured = Roof {
        kernel,
        operation,
        operations_per_term,
        bytes_per_term,
        per_second,
        cores_allow: per_core * context.workers().get() as f64,
        memory_allows: (bytes_per_term > 0).then_some(memory),
        passed: false,
    };
    Ok(measured.raised())
}

/// How many divisions one term of `primes` takes, in the mean over all terms below `terms`: divisors are
/// tried in blocks of eight, up to the first block that has one, or the square root.
fn trials(terms: u64) -> f64 {
    let of = |i: u64| {
        let first_of_blocks = (2..).step_by(8).take_while(|first| i >= 10 && first * first <= i);
        let mut tried = 0;
        for first in first_of_blocks {
            tried += 8;
            if (first..first + 8).any(|divisor| i.is_multiple_of(divisor)) {
                break;
            }
        }
        tried
    };
    let all: u64 = (0..terms).map(of).sum();
    all as f64 / terms as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn trials_are_counted_as_the_kernel_does_them() {
        // 0..10 take none. 10 and 12 have a divisor in 2..10. 11 takes the same block, whose end is past
        // its root. 97 takes 2..10 and none from 10 on, as 10 * 10 > 97.
        assert_eq!(trials(10), 0.0);
        assert_eq!(trials(13), 3.0 * 8.0 / 13.0);
        assert_eq!(trials(98), 88.0 * 8.0 / 98.0);
    }

    #[test]
    fn the_lower_roof_is_the_limit() {
        let roof = |memory| Roof {
            kernel: Memory::NAME,
            operation: "additions",
            operations_per_term: 1.0,
            bytes_per_term: 8,
            per_second: 1.0,
            cores_allow: 10.0,
            memory_allows: memory,
            passed: false,
        };
        assert_eq!((roof(Some(4.0)).roof(), roof(Some(4.0)).limit()), (4.0, "memory"));
        assert_eq!((roof(None).roof(), roof(Some(40.0)).limit()), (10.0, "cores"));
        assert_eq!(roof(None).intensity(), 0.125);
        // One that was passed is the kernel itself, and says so.
        let passed = roof(Some(0.5)).raised();
        assert_eq!((passed.roof(), passed.passed), (1.0, true));
        assert!(!roof(Some(4.0)).raised().passed);
    }
}
