use std::ops::Range;

use kernels::Kernel;
use mpi::traits::*;

use crate::{World, own_range};

/// One running sum goes from neighbour to neighbour, and comes back to rank 0.
///
/// Nobody has more to do than to take one message and to pass one on, and yet it is the slowest: each
/// message waits for the one before it. (Rings are good for long vectors, where each rank passes on one
/// part while it takes in the next. Here there is one number.)
pub fn ring<K: Kernel<Partial = u64>>(kernel: &K, terms: Range<u64>, world: &World) -> u64 {
    let (rank, ranks) = (world.rank(), world.size());
    let mine = kernel.sum(own_range(&terms, world));
    if ranks == 1 {
        return mine;
    }
    // ANCHOR: ring
    let (left, right) = ((rank + ranks - 1) % ranks, (rank + 1) % ranks);
    if rank == 0 {
        world.process_at_rank(right).send(&mine);
        world.process_at_rank(left).receive::<u64>().0
    } else {
        let (so_far, _) = world.process_at_rank(left).receive::<u64>();
        world.process_at_rank(right).send(&(so_far + mine));
        mine
    }
    // ANCHOR_END: ring
}
