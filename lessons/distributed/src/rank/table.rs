use std::ops::Range;

use kernels::Kernel;

use crate::{
    World, flat, hybrid, master_worker, own_part, reduce, ring, scattered, static_blocks, tree,
    your_turn,
};

/// What every rank runs: its part of the sum. What rank 0 gives back is the sum.
pub type Share<K> = fn(&K, Range<u64>, &World) -> u64;

/// No row: nobody does anything. What is timed is the starting signal.
pub const START: &str = "start";

/// The strategy of a row.
///
/// # Panics
///
/// Where the row has none.
pub fn strategy<K: Kernel>(row: &str) -> Share<K> {
    match row {
        "reduce" => reduce::reduce,
        "tree" => tree::tree,
        "flat" => flat::flat,
        "ring" => ring::ring,
        "static-blocks" => static_blocks::static_blocks,
        "master-worker" => master_worker::master_worker,
        "hybrid" => hybrid::hybrid,
        "own-part" => own_part::own_part,
        "scattered" => scattered::scattered,
        "your-turn" => your_turn::your_turn,
        START => |_, _, _| 0,
        other => panic!("no rank knows the strategy {other}"),
    }
}
