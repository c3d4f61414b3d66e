use std::iter::once;
use std::ops::Range;
use std::sync::Arc;

use kernels::{Kernel, Known, Memory, Spec, Workers, check_available, split, sum_of_numbers};
use measure::Error;
use mpi::collective::SystemOperation;
use mpi::traits::*;

use crate::{World, hybrid};

/// The numbers of `memory`, as far as this rank holds them: rank 0 all, the others those of their ranges.
///
/// There is no memory that all ranks can read. What a rank does not hold, it has to be sent.
#[derive(Debug, Clone)]
pub struct Part {
    terms: u64,
    held: Arc<[Slice]>,
}

/// Numbers that lie side by side, from `first` on.
#[derive(Debug, Clone)]
struct Slice {
    first: u64,
    numbers: Arc<[u64]>,
}

impl Part {
    /// What this rank holds of `terms` numbers. To be called by all ranks together.
    ///
    /// # Errors
    ///
    /// Where the memory is not available.
    pub fn new(terms: u64, world: &World) -> Result<Self, Error> {
        Memory::check_terms(terms)?;
        let ranks = Workers::new(world.size() as usize).unwrap_or(Workers::ONE);
        let parts: Vec<Range<u64>> = split::ranges(&(0..terms), ranks).collect();
        let mine = [world.rank()].into_iter().chain(hybrid::pair(world).members.iter().copied());
        let mut ranges: Vec<Range<u64>> = mine.map(|rank| parts[rank as usize].clone()).collect();
        ranges.dedup();
        if world.rank() == 0 {
            ranges = once(0..terms).collect();
        }
        // All ranks of a host want their parts now, of the same memory.
        let (mine, mut all) = (ranges.iter().map(split::len).sum::<u64>() * 8, 0_u64);
        let host = world.split_shared(world.rank());
        host.all_reduce_into(&mine, &mut all, SystemOperation::sum());
        check_available(all)?;
        let slice = |range: Range<u64>| Slice { first: range.start, numbers: range.collect() };
        let held: Arc<[Slice]> = ranges.into_iter().map(slice).collect();
        Ok(Part { terms, held })
    }

    /// All numbers, on rank 0; elsewhere none.
    pub fn all(&self) -> &[u64] {
        match &self.held[..] {
            [all] if all.numbers.len() as u64 == self.terms => &all.numbers,
            _ => &[],
        }
    }

    fn numbers(&self, range: &Range<u64>) -> &[u64] {
        let holds = |slice: &&Slice| {
            let end = slice.first + slice.numbers.len() as u64;
            slice.first <= range.start && range.end <= end
        };
        let Some(slice) = self.held.iter().find(holds) else {
            panic!("this rank does not hold the terms {}..{} of memory", range.start, range.end);
        };
        &slice.numbers[(range.start - slice.first) as usize..(range.end - slice.first) as usize]
    }
}

impl Kernel for Part {
    type Partial = u64;

    fn sum(&self, range: Range<u64>) -> u64 {
        if range.is_empty() { 0 } else { sum_of_numbers(self.numbers(&range)) }
    }

    fn term(&self, i: u64) -> u64 {
        self.numbers(&(i..i + 1))[0]
    }

    fn grain(&self) -> u64 {
        65_536 // As that of `memory`.
    }

    fn spec(&self) -> Spec {
        Spec { kernel: Memory::NAME, terms: self.terms, data: None }
    }
}
