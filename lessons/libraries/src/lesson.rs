use course::{Document, Options, Program, Table, run_table};
use kernels::{Kernel, KernelName, Known, Primes};
use measure::{Error, Strategy, row};

use crate::costs;
use crate::findings::findings;
use crate::library::libraries;
use crate::your_turn;

/// The lesson, for the runner: its question and its table.
#[derive(Debug)]
pub struct Libraries;

impl Table for Libraries {
    const NAME: &'static str = "libraries";
    const QUESTION: &'static str = "which library should share my work?";
    const YOUR_TURN: &'static str = include_str!("your_turn.rs");
    const KERNEL: KernelName = Primes::NAME;
    /// Not the quickest, which may be the mistake.
    const READ_FIRST: Option<&str> = Some("rayon-join");
    type Options = Options;

    fn strategies<K: Kernel>() -> Vec<Strategy<K>> {
        let yours = row!(your_turn, "yours: lessons/libraries/src/your_turn.rs")
            .unpinned("your code does that, with context.enter(worker)");
        libraries().into_iter().map(|library| library.row).chain([yours]).collect()
    }

    /// The table gets a part of the budget, and what stands below it the rest.
    fn run(options: &Options, program: &Program) -> Result<u8, Error> {
        let mut options = options.clone();
        options.timing.budget = options.timing.budget.mul_f64(costs::TABLE);
        run_table::<Self>(&options, program)
    }

    fn annotate(options: &Options, document: &mut Document) {
        costs::annotate(options, document);
    }

    fn findings(document: &Document) -> Vec<String> {
        findings(document)
    }

    fn details(document: &Document) -> String {
        costs::tables(document)
    }
}
