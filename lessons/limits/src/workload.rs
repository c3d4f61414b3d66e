use std::hint::black_box;
use std::ops::Range;
use std::time::Duration;

use kernels::{AnyKnown, Home, Kernel, KernelName, split};
use measure::check::{LONGEST_CHECK, joins_within, your_kernel};
use measure::{Error, quickest, time};
use serde::Serialize;

/// The blocks of a sum, and what each of them costs one core of this machine.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Workload {
    /// The kernel; `None` where the blocks are made up.
    pub kernel: Option<KernelName>,
    /// The number of terms; zero where the blocks are made up.
    pub terms: u64,
    /// How many blocks were timed. The costs of the others lie between those of their neighbours.
    pub timed: usize,
    /// Seconds of each block.
    #[serde(skip)]
    pub costs: Vec<f64>,
}

/// So many blocks are timed; more would take long and say little more.
const TIMED: usize = 256;

/// A sum that takes longer is not timed whole, in seconds.
const WHOLE: f64 = 0.3;

/// What is shorter than this says more about the clock than about the block.
const SHORTEST: f64 = 10e-6;

impl Workload {
    /// So many blocks that all cost the same: made up, so that nothing is measured.
    pub fn even(blocks: usize, seconds: f64) -> Self {
        Workload { kernel: None, terms: 0, timed: 0, costs: vec![seconds; blocks] }
    }

    /// The `terms` terms of `kernel` in `blocks` equal parts, timed here.
    pub fn measured(kernel: &AnyKnown, terms: u64, blocks: usize) -> Self {
        let sums = kernel.kernel();
        let blocks = blocks.min(usize::try_from(terms).unwrap_or(usize::MAX)).max(1);
        let timed = blocks.min(TIMED);
        // The middle of each share of the blocks stands for the share.
        let places = (0..timed).map(|share| (2 * share + 1) * blocks / (2 * timed));
        let points: Vec<(usize, f64)> = places
            .map(|block| (block, best_of_three(&sums, split::part(&(0..terms), block, blocks))))
            .collect();
        let costs = (0..blocks).map(|block| between(&points, block)).collect();
        let work = Workload { kernel: Some(kernel.name()), terms, timed, costs };
        // A block that is summed again and again finds its numbers in a cache. So the blocks say how
        // the costs differ, and one whole sum, where it is short, says what they are.
        if work.total() > WHOLE {
            return work;
        }
        let whole = best_of_three(&sums, 0..terms);
        Workload { costs: work.scaled_to(whole), ..work }
    }

    /// What one core takes for all of them.
    pub fn total(&self) -> f64 {
        self.costs.iter().sum()
    }

    /// The terms in as many parts as there are workers; each part takes one core about as long as the
    /// others.
    pub(crate) fn parts(&self, workers: usize) -> Vec<Range<u64>> {
        let (all, whole) = (self.costs.len().max(1), self.total());
        let mut before = 0.0;
        let mut ends = Vec::with_capacity(workers);
        for (number, cost) in (1..).zip(&self.costs) {
            before += cost;
            // The part is full with the block that reaches its share.
            let share = |parts: usize| whole * (parts as f64 - 1e-9) / workers as f64;
            while ends.len() < workers && before >= share(ends.len() + 1) {
                ends.push((u128::from(self.terms) * number / all as u128) as u64);
            }
        }
        ends.resize(workers, self.terms);
        let starts = std::iter::once(0).chain(ends.clone());
        starts.zip(ends).map(|(start, end)| start..end).collect()
    }

    /// The same blocks, so that all of them take one core `total` seconds.
    pub fn scaled_to(&self, total: f64) -> Vec<f64> {
        let now = self.total();
        let factor = if now > 0.0 { total / now } else { 1.0 };
        self.costs.iter().map(|cost| cost * factor).collect()
    }
}

/// How many blocks the strategies here cut `terms` of `kernel` into.
pub fn usual_blocks<K: Kernel>(kernel: &K, terms: u64) -> usize {
    let size = split::block_size(kernel, &(0..terms));
    usize::try_from(split::block_count(&(0..terms), size)).unwrap_or(usize::MAX)
}

/// The kernel of that name, whose partials are known to join.
///
/// # Errors
///
/// Where they do not, or the kernel refuses so many terms.
pub(crate) fn kernel(name: KernelName, terms: u64) -> Result<AnyKnown, Error> {
    joins_within(LONGEST_CHECK, name)?;
    your_kernel(|| Ok(AnyKnown::with_home(name, terms, Home::Private)?))
}

/// Whether a kernel reads memory.
pub(crate) fn reads_memory(kernel: KernelName) -> bool {
    kernel.description().bytes_per_term > 0
}

/// The best of three; a short block is summed several times in a row.
fn best_of_three<K: Kernel>(kernel: &K, block: Range<u64>) -> f64 {
    let sum = || {
        black_box(black_box(kernel).sum(black_box(block.clone())));
    };
    let repeats = (SHORTEST / time(sum).1.as_secs_f64().max(1e-9)).ceil().max(1.0) as u32;
    quickest(Duration::ZERO, || (0..repeats).for_each(|_| sum())) / f64::from(repeats)
}

/// The cost of a block on the straight line between the timed ones beside it.
fn between(points: &[(usize, f64)], block: usize) -> f64 {
    let after = points.partition_point(|(place, _)| *place < block);
    match (points.get(after.wrapping_sub(1)), points.get(after)) {
        (Some((left, low)), Some((right, high))) => {
            let share = (block - left) as f64 / (right - left) as f64;
            low + share * (high - low)
        }
        (Some((_, cost)), None) | (None, Some((_, cost))) => *cost,
        (None, None) => 0.0,
    }
}

#[cfg(test)]
mod tests {
    use kernels::{Known, Primes};

    use super::*;

    #[test]
    fn a_block_lies_between_its_neighbours() {
        let points = [(2, 10.0), (6, 30.0)];
        let costs: Vec<f64> = (0..8).map(|block| between(&points, block)).collect();
        assert_eq!(costs, [10.0, 10.0, 10.0, 15.0, 20.0, 25.0, 30.0, 30.0]);
    }

    #[test]
    fn there_are_as_many_costs_as_blocks_and_no_more_than_terms() {
        for (terms, blocks, expected) in
            [(1000, 7, 7), (3, 10, 3), (0, 5, 1), (100_000, 1000, 1000)]
        {
            let kernel = AnyKnown::new(Primes::new(terms).expect("a small sum"));
            let work = Workload::measured(&kernel, terms, blocks);
            assert_eq!(work.costs.len(), expected.min(blocks), "{terms} in {blocks}");
            assert!(work.costs.iter().all(|cost| cost.is_finite() && *cost >= 0.0));
        }
    }

    #[test]
    fn the_parts_cost_the_same_and_are_all_there() {
        let work =
            Workload { terms: 400, costs: vec![1.0, 1.0, 2.0, 4.0], ..Workload::even(0, 0.0) };
        assert_eq!(work.parts(1).first(), Some(&(0..400)));
        assert_eq!(work.parts(2), [0..300, 300..400]);
        assert_eq!(work.parts(4), [0..200, 200..300, 300..400, 400..400]);
        let even = Workload { terms: 7, ..Workload::even(7, 1.0) };
        assert_eq!(even.parts(7).len(), 7);
        let nothing = Workload { terms: 0, ..Workload::even(1, 0.0) };
        assert_eq!(nothing.parts(2), [0..0, 0..0]);
    }

    #[test]
    fn scaling_keeps_the_shape() {
        let work = Workload { costs: vec![1.0, 3.0], ..Workload::even(0, 0.0) };
        assert_eq!(work.scaled_to(8.0), [2.0, 6.0]);
        assert_eq!(Workload::even(4, 0.5).total(), 2.0);
    }
}
