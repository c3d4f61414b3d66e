use std::ops::Range;

use kernels::{Workers, split};
use mpi::topology::SimpleCommunicator;
use mpi::traits::*;

/// All ranks of a run, and the way to each of them: what MPI calls a communicator.
pub type World = SimpleCommunicator;

/// The range of this rank, where every rank has an equal share of `terms`.
///
/// Every rank calculates it from its own number and the number of ranks, so no message is needed. Where ranks outnumber terms, some ranges are empty.
pub fn own_range(terms: &Range<u64>, world: &World) -> Range<u64> {
    let ranks = Workers::new(world.size() as usize).unwrap_or(Workers::ONE);
    split::ranges(terms, ranks).nth(world.rank() as usize).unwrap_or(terms.end..terms.end)
}
