use std::ops::Range;

use kernels::Kernel;

use crate::{
    World, flat, hybrid, master_worker, own_part, reduce, ring, scattered, static_blocks, tree,
    your_turn,
};

/// What every rank runs: its part of the sum. What rank 0 gives back is the sum.
pub enum Share<K> {
    /// Each rank makes, or holds, what it sums.
    OfTerms(fn(&K, Range<u64>, &World) -> u64),
    /// Rank 0 is given all numbers of `memory`, and the others none.
    OfNumbers(fn(&K, Range<u64>, &World, &[u64]) -> u64),
}

impl<K: Kernel<Partial = u64>> Share<K> {
    /// Sums, together with all other ranks. `numbers` are those of `memory`, on rank 0.
    pub fn sum(&self, kernel: &K, terms: Range<u64>, world: &World, numbers: &[u64]) -> u64 {
        match self {
            Share::OfTerms(share) => share(kernel, terms, world),
            Share::OfNumbers(share) => share(kernel, terms, world, numbers),
        }
    }
}

/// No row: nobody does anything. What is timed is the starting signal.
pub const START: &str = "start";

/// The strategy of a row.
///
/// # Panics
///
/// Where the row has none.
pub fn strategy<K: Kernel<Partial = u64>>(row: &str) -> Share<K> {
    Share::OfTerms(match row {
        "scattered" => return Share::OfNumbers(scattered::scattered),
        "reduce" => reduce::reduce,
        "tree" => tree::tree,
        "flat" => flat::flat,
        "ring" => ring::ring,
        "static-blocks" => static_blocks::static_blocks,
        "master-worker" => master_worker::master_worker,
        "hybrid" => hybrid::hybrid,
        "own-part" => own_part::own_part,
        "your-turn" => your_turn::your_turn,
        START => |_, _, _| 0,
        other => panic!("no rank knows the strategy {other}"),
    })
}
