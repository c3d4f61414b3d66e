use course::{Document, Options, Table};
use kernels::{Kernel, Known, Pi};
use measure::{Strategy, row};

use crate::findings::findings;
use crate::{
    HotTeam, atomic, channel, f64_by_worker, hot_team, idle, mutex_parking_lot, mutex_std,
    neighbours, padded, scoped, self_scheduled, spawned, your_turn,
};

/// What some rows are about.
const ATOMIC: &str = "a processor adds whole numbers atomically";

/// The lesson, for the runner: its question and its table.
#[derive(Debug)]
pub struct Threads;

impl Table for Threads {
    const NAME: &'static str = "threads";
    const QUESTION: &'static str = "do N threads make the sum N times faster?";
    const YOUR_TURN: &'static str = include_str!("your_turn.rs");
    type Options = Options;

    fn strategies<K: Kernel>() -> Vec<Strategy<K>> {
        vec![
            row!(
                spawned,
                "unscoped threads that own a handle to the kernel; the caller works, too"
            ),
            row!(scoped, "the same with scoped threads, which borrow the kernel"),
            row!(mutex_std, "one total behind a lock, taken for every term")
                .per_term()
                .in_any_order(),
            row!(mutex_parking_lot, "the same with the lock of parking_lot")
                .per_term()
                .in_any_order(),
            row!(atomic, "one atomic total, added to for every term").per_term().on_numbers(ATOMIC),
            row!(neighbours, "one counter a worker, side by side: false sharing")
                .per_term()
                .on_numbers(ATOMIC),
            row!(padded, "the same counters, each on a cache line of its own")
                .per_term()
                .on_numbers(ATOMIC),
            row!(channel, "blocks that wait in a channel; a free worker takes the next")
                .in_any_order(),
            row!(self_scheduled, "blocks by number; an atomic counter says which is next")
                .in_any_order(),
            row!(hot_team, "scoped's ranges on threads that stay, and stay awake for a while", on HotTeam::start),
            row!(f64_by_worker, "floats: one sum a worker, so the workers change the bits")
                .floats()
                .only_on(Pi::NAME),
            row!(your_turn, "yours: lessons/threads/src/your_turn.rs")
                .unpinned("your code does that, with context.enter(worker)"),
        ]
    }

    fn annotate(_: &Options, document: &mut Document) {
        idle::annotate(document);
    }

    fn details(document: &Document) -> String {
        idle::note(document)
    }

    fn findings(document: &Document) -> Vec<String> {
        findings(document)
    }
}
