use std::ops::Range;

use kernels::Kernel;
use mpi::collective::SystemOperation;
use mpi::traits::*;

use crate::{World, own_range};

/// Every rank sums its own range, and the library adds the partials: one call, made by all.
///
/// How the numbers travel is the library's business. It knows how many ranks there are and where they
/// are, and takes a tree for few bytes and other ways for many. Only rank 0 has the sum afterwards.
pub fn reduce<K: Kernel<Partial = u64>>(kernel: &K, terms: Range<u64>, world: &World) -> u64 {
    // ANCHOR: reduce
    let mine = kernel.sum(own_range(&terms, world));
    to_rank_zero(mine, world)
    // ANCHOR_END: reduce
}

/// The sum of what all ranks have, at rank 0; the others get back what they gave.
pub fn to_rank_zero(mine: u64, world: &World) -> u64 {
    let zero = world.process_at_rank(0);
    // ANCHOR: call
    if world.rank() == 0 {
        let mut sum = 0;
        zero.reduce_into_root(&mine, &mut sum, SystemOperation::sum());
        sum
    } else {
        zero.reduce_into(&mine, SystemOperation::sum());
        mine
    }
    // ANCHOR_END: call
}
