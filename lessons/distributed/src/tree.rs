use std::ops::Range;

use kernels::Kernel;
use mpi::traits::*;

use crate::{World, own_range};

/// The partials go up a tree: in each step half of the ranks send what they have, and are done.
///
/// First the odd ranks send to their left neighbours; of those that are left, every second one sends to
/// the one before it; and so on. A thousand ranks take ten steps, a million take twenty.
pub fn tree<K: Kernel<Partial = u64>>(kernel: &K, terms: Range<u64>, world: &World) -> u64 {
    let (rank, ranks) = (world.rank(), world.size());
    let mut sum = kernel.sum(own_range(&terms, world));
    // ANCHOR: tree
    let mut distance = 1;
    while distance < ranks {
        if rank % (2 * distance) != 0 {
            world.process_at_rank(rank - distance).send(&sum);
            break;
        }
        if rank + distance < ranks {
            let (theirs, _) = world.process_at_rank(rank + distance).receive::<u64>();
            sum += theirs;
        }
        distance *= 2;
    }
    // ANCHOR_END: tree
    sum
}
