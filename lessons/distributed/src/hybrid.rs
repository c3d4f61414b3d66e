use std::cell::OnceCell;
use std::ops::Range;

use kernels::{Kernel, Workers, split};
use mpi::topology::{Color, Rank};
use mpi::traits::*;

use crate::World;
use crate::reduce::to_rank_zero;

/// Two ranks of one host become one rank with two threads: half as many messages, one memory for both.
///
/// On real machines it is one rank for each host or each socket, with a thread for each of its cores. The
/// threads share what a host has only once, such as its memory and its network card.
pub fn hybrid<K: Kernel<Partial = u64>>(kernel: &K, terms: Range<u64>, world: &World) -> u64 {
    let workers = Workers::new(world.size() as usize).unwrap_or(Workers::ONE);
    let range_of = |rank: Rank| split::ranges(&terms, workers).nth(rank as usize).unwrap_or(0..0);
    let pair = pair(world);
    // ANCHOR: hybrid
    let Some(first_ones) = &pair.first_ones else {
        return 0; // The first one of the pair has a thread that sums in the place of this rank.
    };
    let mine = match pair.members[..] {
        [first, second] => {
            let (first, second) = (range_of(first), range_of(second));
            let (first, second) = rayon::join(|| kernel.sum(first), || kernel.sum(second));
            first + second
        }
        _ => kernel.sum(range_of(world.rank())),
    };
    to_rank_zero(mine, first_ones)
    // ANCHOR_END: hybrid
}

/// A rank and its neighbour on the same host, as one of them sees it.
pub struct Pair {
    /// Whose ranges this rank sums: its own and its neighbour's, its own, or none.
    pub members: Vec<Rank>,
    /// The first ones of all pairs; `None` in a second one.
    first_ones: Option<World>,
}

/// The pair of this rank. When it is asked for first, it must be by all ranks together.
pub fn pair(world: &World) -> &'static Pair {
    thread_local! {
        /// Who shares a host does not change, and to find out costs more than a short sum.
        static PAIR: OnceCell<&'static Pair> = const { OnceCell::new() };
    }
    // It is never given back: at the end of the thread MPI is gone, and would not take it.
    PAIR.with(|pair| *pair.get_or_init(|| Box::leak(Box::new(found(world)))))
}

fn found(world: &World) -> Pair {
    let host = world.split_shared(world.rank());
    let mut ranks: Vec<Rank> = vec![0; host.size() as usize];
    host.all_gather_into(&world.rank(), &mut ranks[..]);
    let place = host.rank() as usize;
    let is_first = place.is_multiple_of(2);
    let members = ranks[place..].iter().copied().take(if is_first { 2 } else { 0 }).collect();
    let color = if is_first { Color::with_value(0) } else { Color::undefined() };
    Pair { members, first_ones: world.split_by_color(color) }
}
