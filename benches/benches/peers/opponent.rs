//! The foreign side of a pair.

use std::time::Duration;

use benches::cpp::{Built, Program};
use kernels::{Kernel, Workers};
use measure::{Context, Error, Strategy, Sum};
use work_stealing::WorkStealing;

use super::pairs::Pair;
use crate::sample::{Problem, wrong};

/// Whoever takes turns with ours.
pub(super) enum Opponent<K: Kernel> {
    /// A way of the program in C++, asked for sums of the kernel of that name.
    Cpp { program: Program, kernel: String, way: &'static str, workers: Workers },
    /// The join of rayon, in this process.
    Rayon { strategy: Strategy<K>, sum: Sum<K> },
}

impl<K: Kernel<Partial = u64>> Opponent<K> {
    /// The foreign side of `pair`, with its workers.
    pub(super) fn start(
        pair: &Pair,
        cpp: &Result<Built, String>,
        kernel: &str,
        problem: &Problem<K>,
    ) -> Result<Self, Error> {
        let workers = pair.workers();
        Ok(match (pair.cpp(), cpp) {
            (Some(way), Ok(built)) => {
                let program = Program::start(&built.program)?;
                Opponent::Cpp { program, kernel: kernel.to_owned(), way: way.name, workers }
            }
            _ => {
                let mut found = benches::strategies::<WorkStealing, K>(&["rayon-join"]);
                let strategy = found.remove(0);
                let sum = strategy.start(&problem.kernel, &Context::new(workers))?;
                Opponent::Rayon { strategy, sum }
            }
        })
    }

    /// The time of so many calls.
    pub(super) fn time(&mut self, problem: &Problem<K>, calls: u64) -> Result<Duration, Error> {
        match self {
            Opponent::Cpp { program, kernel, way, workers } => {
                let (time, sum) = program.sum(kernel, way, problem.terms, workers.get(), calls)?;
                if problem.is_right(&sum) { Ok(time) } else { Err(wrong(way)) }
            }
            Opponent::Rayon { strategy, sum } => problem.timed(calls, &strategy.name, sum),
        }
    }

    /// The CPU time of its process, where it has one of its own, and the system tells.
    pub(super) fn cpu_time(&mut self) -> Result<Option<Duration>, Error> {
        match self {
            Opponent::Cpp { program, .. } => program.cpu_time(),
            Opponent::Rayon { .. } => Ok(None),
        }
    }
}
