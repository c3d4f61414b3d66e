use course::{Document, Options, Table};
use kernels::{Kernel, KernelName, Known, Primes};
use measure::{Strategy, row};

use crate::findings::findings;
use crate::pools::{ChiliPool, ParalightPool, RayonPool};
use crate::{
    Deques, chili, deques, equal_ranges, paralight_fixed, paralight_stealing, rayon_chunks,
    rayon_iter, rayon_join, your_turn,
};

/// The lesson, for the runner: its question and its table.
#[derive(Debug)]
pub struct WorkStealing;

impl Table for WorkStealing {
    const NAME: &'static str = "work-stealing";
    const QUESTION: &'static str = "who takes the work that is left?";
    const YOUR_TURN: &'static str = include_str!("your_turn.rs");
    const KERNEL: KernelName = Primes::NAME;
    type Options = Options;

    fn strategies<K: Kernel>() -> Vec<Strategy<K>> {
        vec![
            row!(equal_ranges, "for contrast: one equal range each, and nobody helps"),
            row!(rayon_iter, "rayon's parallel iterator over the terms", on RayonPool::start)
                .term_by_term(),
            row!(rayon_chunks, "rayon's parallel iterator over blocks", on RayonPool::start),
            row!(rayon_join, "rayon's join: halves of halves", on RayonPool::start),
            row!(deques, "the same on a scheduler of our own", on Deques::start).in_any_order(),
            row!(chili, "chili's join: shares only now and then", on ChiliPool::start)
                .unpinned("chili starts its threads itself, and offers no way in"),
            row!(paralight_fixed, "paralight: one range of blocks each", on ParalightPool::fixed),
            row!(
                paralight_stealing,
                "the same call, and idle threads steal",
                on ParalightPool::stealing
            )
            .in_any_order(),
            row!(your_turn, "yours: lessons/work-stealing/src/your_turn.rs")
                .unpinned("your code does that, with context.enter(worker)"),
        ]
    }

    fn findings(document: &Document) -> Vec<String> {
        findings(document)
    }
}
