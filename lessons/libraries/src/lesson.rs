use course::{Document, Options, Table};
use kernels::{Kernel, KernelName, Known, Primes};
use measure::{Strategy, row};

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
    const KERNEL: KernelName = Primes::NAME;
    type Options = Options;

    fn strategies<K: Kernel>() -> Vec<Strategy<K>> {
        let yours = row!(your_turn, "yours: lessons/libraries/src/your_turn.rs")
            .unpinned("your code does that, with context.enter(worker)");
        libraries().into_iter().map(|library| library.row).chain([yours]).collect()
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
