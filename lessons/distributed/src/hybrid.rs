use std::cell::RefCell;
use std::ops::Range;

use mpi::topology::Rank;
use mpi::traits::*;
use shared::{Kernel, Workers, split};

use crate::World;
use crate::reduce::to_rank_zero;

/// Two ranks of one host become one rank with two threads: half as many messages, one memory for both.
///
/// On real machines it is one rank for each host or each socket, with a thread for each of its cores. The
/// threads share what a host has only once, such as its memory and its network card.
pub fn hybrid<K: Kernel>(kernel: &K, terms: Range<u64>, world: &World) -> u64 {
    let workers = Workers::new(world.size() as usize).unwrap_or(Workers::ONE);
    let range_of = |rank: Rank| split::ranges(&terms, workers).nth(rank as usize).unwrap_or(0..0);
    // ANCHOR: hybrid
    let mine = match members(world)[..] {
        [one] => kernel.sum(range_of(one)),
        [first, second] => {
            let (first, second) = (range_of(first), range_of(second));
            let (first, second) = rayon::join(|| kernel.sum(first), || kernel.sum(second));
            first + second
        }
        _ => 0, // The other rank of the pair has a thread that sums in the place of this one.
    };
    to_rank_zero(mine, world)
    // ANCHOR_END: hybrid
}

/// The ranks in whose places this one sums: itself and its neighbour on this host; itself; or none.
pub fn members(world: &World) -> Vec<Rank> {
    thread_local! {
        /// Who shares a host does not change, and to find out costs more than a short sum.
        static MEMBERS: RefCell<Option<Vec<Rank>>> = const { RefCell::new(None) };
    }
    MEMBERS.with_borrow_mut(|members| members.get_or_insert_with(|| found(world)).clone())
}

fn found(world: &World) -> Vec<Rank> {
    let host = world.split_shared(world.rank());
    let mut ranks: Vec<Rank> = vec![0; host.size() as usize];
    host.all_gather_into(&world.rank(), &mut ranks[..]);
    let place = host.rank() as usize;
    if place % 2 == 1 { Vec::new() } else { ranks[place..].iter().copied().take(2).collect() }
}
