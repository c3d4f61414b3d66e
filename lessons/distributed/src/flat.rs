use std::ops::Range;

use kernels::Kernel;
use mpi::traits::*;

use crate::{World, own_range};

/// Everyone sends to rank 0, which adds what comes, in whatever order it comes.
///
/// It is the shortest way for each number, and all of them end at one door. Rank 0 takes in one message
/// after the other: a million ranks, a million messages.
pub fn flat<K: Kernel<Partial = u64>>(kernel: &K, terms: Range<u64>, world: &World) -> u64 {
    let mut sum = kernel.sum(own_range(&terms, world));
    // ANCHOR: flat
    if world.rank() == 0 {
        for _ in 1..world.size() {
            let (theirs, _) = world.any_process().receive::<u64>();
            sum += theirs;
        }
    } else {
        world.process_at_rank(0).send(&sum);
    }
    // ANCHOR_END: flat
    sum
}
