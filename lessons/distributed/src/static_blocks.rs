use std::ops::Range;

use kernels::{Kernel, split};
use mpi::traits::*;

use crate::World;
use crate::reduce::to_rank_zero;

/// Blocks are dealt out beforehand, like cards: block 0 to rank 0, block 1 to rank 1, and round again.
///
/// Nobody has to ask for work, so no message is needed before the last one. Every rank gets of the cheap
/// terms and of the expensive ones. What it cannot do is wait for nobody: a rank that is slow stays slow.
pub fn static_blocks<K: Kernel<Partial = u64>>(
    kernel: &K,
    terms: Range<u64>,
    world: &World,
) -> u64 {
    let (rank, ranks) = (world.rank() as u64, world.size() as usize);
    let size = split::block_size(kernel, &terms);
    // ANCHOR: dealt
    let mut mine = 0;
    for number in (rank..).step_by(ranks) {
        let Some(block) = split::block(&terms, size, number) else { break };
        mine += kernel.sum(block);
    }
    to_rank_zero(mine, world)
    // ANCHOR_END: dealt
}
