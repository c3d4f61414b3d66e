use std::ops::Range;
use std::time::Instant;

use kernels::{Event, Kernel, Span, Workers, split, sum_of_numbers};
use mpi::traits::*;

use crate::reduce::to_rank_zero;
use crate::{World, own_range};

/// Numbers in one message: 8 MB.
const CHUNK: usize = 1 << 20;

/// Rank 0 is given all `numbers`, and sends each rank its part. Moving them is timed, too.
///
/// The library has a call for it, `MPI_Scatterv`. Here they are plain messages, so that a rank can sum a
/// chunk while the next one is on its way. It does not help much: all of the data leaves by one door.
pub fn scattered<K: Kernel<Partial = u64>>(
    kernel: &K,
    terms: Range<u64>,
    world: &World,
    numbers: &[u64],
) -> u64 {
    let own = own_range(&terms, world);
    let sum = if world.rank() == 0 {
        // ANCHOR: send
        let workers = Workers::new(world.size() as usize).unwrap_or(Workers::ONE);
        for (rank, part) in (0..).zip(split::ranges(&terms, workers)).skip(1) {
            let part = &numbers[part.start as usize..part.end as usize];
            part.chunks(CHUNK).for_each(|chunk| world.process_at_rank(rank).send(chunk));
        }
        // ANCHOR_END: send
        kernel.sum(own)
    } else {
        let start = Instant::now();
        let mut chunk = vec![0_u64; CHUNK];
        let (mut sum, mut missing) = (0, split::len(&own));
        while missing > 0 {
            let length = missing.min(CHUNK as u64);
            let chunk = &mut chunk[..length as usize];
            world.process_at_rank(0).receive_into(chunk);
            sum += sum_of_numbers(chunk);
            missing -= length;
        }
        kernel.record(Event::Summed(Span::mine(own, start)));
        sum
    };
    to_rank_zero(sum, world)
}
