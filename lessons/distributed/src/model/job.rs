use std::hint::black_box;

use course::Document;
use kernels::{AnyKnown, Home, KernelName, Known, Memory};
use limits::probes::wake;
use limits::{Workload, usual_blocks};
use measure::time;

/// The sum whose ranks are reckoned.
#[derive(Debug, Clone, PartialEq)]
pub struct Job {
    /// What is summed.
    pub kernel: KernelName,
    /// How many terms.
    pub terms: u64,
    /// What one core takes for all of them, in seconds.
    pub seconds: f64,
    /// What one core takes to make the numbers of `memory`, in seconds; elsewhere nothing.
    pub making: f64,
    /// From the call that wakes the second thread of a rank until it works, in seconds.
    pub waking: f64,
    /// How many blocks there are to hand out.
    pub blocks: u64,
    /// What the blocks before each block cost, and at the end what all cost, in seconds.
    before: Vec<f64>,
}

/// Numbers that are made to find out what it costs: 64 MB, more than a cache holds, and more than the
/// allocator keeps: each time the system has to be asked for them, as in a rank.
const MADE: u64 = 8_000_000;

impl Job {
    /// The sum of a run, by the time of its baseline. On `primes` the blocks are timed here; elsewhere
    /// all cost the same.
    ///
    /// `None` where the run has no baseline.
    pub fn of(document: &Document) -> Option<Self> {
        let seconds = document.baseline.as_ref()?.seconds.median;
        let (kernel, terms) = (document.kernel.name, document.kernel.terms);
        let costs = if kernel.description().even {
            vec![seconds]
        } else {
            blocks(kernel, terms)?.scaled_to(seconds)
        };
        let making = if kernel == Memory::NAME { made(terms) } else { 0.0 };
        let waking = wake().unwrap_or(0.0); // Where there is no second thread, nobody waits for it.
        Some(Job { making, waking, ..Job::new(kernel, terms, &costs) })
    }

    /// A sum of no terms: what is left are its messages.
    pub fn nothing(kernel: KernelName) -> Self {
        Job { blocks: 0, ..Job::new(kernel, 0, &[]) }
    }

    /// A sum whose blocks cost one core so many seconds each.
    pub fn new(kernel: KernelName, terms: u64, costs: &[f64]) -> Self {
        let mut before = vec![0.0];
        before.extend(costs.iter().scan(0.0, |sum, cost| {
            *sum += cost;
            Some(*sum)
        }));
        let seconds = before.last().copied().unwrap_or(0.0);
        let blocks = costs.len() as u64;
        Job { kernel, terms, seconds, making: 0.0, waking: 0.0, blocks, before }
    }

    /// What one core takes for the equal range of `rank`, one of `ranks`.
    pub fn range(&self, rank: u64, ranks: u64) -> f64 {
        self.up_to(rank + 1, ranks) - self.up_to(rank, ranks)
    }

    /// What one core takes for block `number`; `None` past the end.
    pub fn block(&self, number: u64) -> Option<f64> {
        let number = usize::try_from(number).ok()?;
        Some(self.before.get(number.checked_add(1)?)? - self.before[number])
    }

    /// What the first `share / of` of the terms cost. Within a block all terms cost the same.
    fn up_to(&self, share: u64, of: u64) -> f64 {
        let blocks = self.before.len() - 1;
        let place = blocks as f64 * share as f64 / of as f64;
        let whole = (place as usize).min(blocks);
        let next = self.before.get(whole + 1).copied().unwrap_or(self.seconds);
        self.before[whole] + (place - whole as f64) * (next - self.before[whole])
    }
}

/// The blocks of a kernel whose terms do not cost the same, timed here.
fn blocks(kernel: KernelName, terms: u64) -> Option<Workload> {
    let kernel = AnyKnown::with_home(kernel, terms, Home::Private).ok()?;
    let blocks = usual_blocks(&kernel.kernel(), terms);
    Some(Workload::measured(&kernel, terms, blocks))
}

/// Seconds to make so many numbers in fresh memory.
fn made(terms: u64) -> f64 {
    let some = terms.min(MADE);
    if some == 0 {
        return 0.0;
    }
    let once = || time(|| drop(black_box((0..black_box(some)).collect::<Vec<u64>>()))).1;
    let best = (0..3).map(|_| once().as_secs_f64()).fold(f64::INFINITY, f64::min);
    best * terms as f64 / some as f64
}

#[cfg(test)]
mod tests {
    use kernels::Primes;

    use super::*;

    #[test]
    fn ranges_are_cut_within_blocks_and_add_up() {
        let job = Job::new(Primes::NAME, 4, &[1.0, 3.0]);
        assert_eq!([0, 1, 2, 3].map(|rank| job.range(rank, 4)), [0.5, 0.5, 1.5, 1.5]);
        assert_eq!((job.block(0), job.block(1), job.block(2)), (Some(1.0), Some(3.0), None));
        for ranks in [1, 2, 3, 7, 1000] {
            let all: f64 = (0..ranks).map(|rank| job.range(rank, ranks)).sum();
            assert!((all - job.seconds).abs() < 1e-12, "{ranks} ranks: {all}");
        }
    }

    #[test]
    fn no_terms_cost_nothing() {
        let nothing = Job::nothing(Primes::NAME);
        assert_eq!((nothing.seconds, nothing.range(0, 3), nothing.block(0)), (0.0, 0.0, None));
    }
}
