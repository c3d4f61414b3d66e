use std::ops::Range;

use kernels::{Kernel, split};
use mpi::traits::*;

use crate::World;

/// What the master says when no block is left.
const NONE_LEFT: u64 = u64::MAX;

/// Rank 0 hands out blocks; the others come back for the next one, and bring the partial of the last.
///
/// Whoever is quick gets more, so uneven work and uneven machines even out. Two prices: the master sums
/// nothing itself, and every block costs two messages, all of which pass through it.
pub fn master_worker<K: Kernel<Partial = u64>>(
    kernel: &K,
    terms: Range<u64>,
    world: &World,
) -> u64 {
    match (world.rank(), world.size()) {
        (0, 1) => kernel.sum(terms),
        (0, _) => master(split::block_count(&terms, split::block_size(kernel, &terms)), world),
        _ => worker(kernel, &terms, world),
    }
}

// ANCHOR: master
fn master(blocks: u64, world: &World) -> u64 {
    let mut sum = 0;
    let (mut next, mut at_work) = (0, world.size() - 1);
    while at_work > 0 {
        let (partial, asked) = world.any_process().receive::<u64>();
        sum += partial;
        let answer = if next < blocks { next } else { NONE_LEFT };
        world.process_at_rank(asked.source_rank()).send(&answer);
        next += 1;
        at_work -= i32::from(answer == NONE_LEFT);
    }
    sum
}
// ANCHOR_END: master

// ANCHOR: worker
fn worker<K: Kernel<Partial = u64>>(kernel: &K, terms: &Range<u64>, world: &World) -> u64 {
    let size = split::block_size(kernel, terms);
    let master = world.process_at_rank(0);
    let mut partial = 0;
    loop {
        master.send(&partial);
        let (number, _) = master.receive::<u64>();
        let Some(block) = split::block(terms, size, number) else { return partial };
        partial = kernel.sum(block);
    }
}
// ANCHOR_END: worker
