use course::{Document, Options, Table};
use kernels::{Integers, Kernel, Known, Pi};
use measure::{Strategy, row};

use crate::findings::findings;
use crate::{
    f64_compensated, f64_in_order, f64_pairwise, folded_loop, four_sums, intrinsics, iterator,
    lanes, simd, term_by_term, your_turn,
};

/// The lesson, for the runner: its question and its table.
#[derive(Debug)]
pub struct Sequential;

impl Table for Sequential {
    const NAME: &'static str = "sequential";
    const QUESTION: &'static str = "how fast can one core add?";
    const YOUR_TURN: &'static str = include_str!("your_turn.rs");
    const PARALLEL: bool = false;
    const PREDICTED: Option<&'static str> = Some("term-by-term");
    type Options = Options;

    fn strategies<K: Kernel>() -> Vec<Strategy<K>> {
        vec![
            row!(folded_loop, "the plain loop, which the compiler turns into a formula")
                .only_on(Integers::NAME),
            row!(term_by_term, "a loop that asks for one term after the other").term_by_term(),
            row!(iterator, "the same as an iterator: map and sum").term_by_term(),
            row!(four_sums, "four sums side by side, which do not wait for each other")
                .term_by_term()
                .in_any_order(),
            row!(simd, "the kernel's own loop, with the widest instructions there are"),
            row!(lanes, "the same loop in the vectors of a library").only_on(Integers::NAME),
            row!(intrinsics, "the same by hand: a function for each instruction set")
                .only_on(Integers::NAME),
            row!(f64_in_order, "floats, one after the other").floats().only_on(Pi::NAME),
            row!(f64_pairwise, "floats, halves of halves: the error grows slowly")
                .floats()
                .only_on(Pi::NAME),
            row!(f64_compensated, "floats, and what each addition rounded away")
                .floats()
                .only_on(Pi::NAME),
            row!(your_turn, "yours: lessons/sequential/src/your_turn.rs"),
        ]
    }

    fn findings(document: &Document) -> Vec<String> {
        findings(document)
    }
}
