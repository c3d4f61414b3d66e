//! What each strategy takes, as the simulator sees it: rank by rank, message by message.

mod programs;

use limits::simulator::ranks::simulate;

use super::{Costs, Job};
use programs::Rank;

/// Seconds of a sum on so many ranks; `None` where the strategy has no program here.
///
/// Unlike the formula it knows what each range costs, and who really waits for whom.
pub fn simulated(row: &str, costs: &Costs, job: &Job, ranks: u64) -> Option<f64> {
    let programs: Option<Vec<Rank<'_>>> =
        (0..ranks).map(|rank| Rank::of(row, job, rank, ranks)).collect();
    Some(simulate(costs.link(), programs?))
}

/// Up to `most`, the power of two with which the sum is done first, and how long it takes there.
///
/// It looks no further once two doublings in a row have made it longer.
pub fn best(row: &str, costs: &Costs, job: &Job, most: u64) -> Option<(u64, f64)> {
    let (mut best, mut longer) = ((1, simulated(row, costs, job, 1)?), 0);
    let mut ranks = 2;
    while ranks <= most && longer < 2 {
        let time = simulated(row, costs, job, ranks)?;
        if time < best.1 {
            (best, longer) = ((ranks, time), 0);
        } else {
            longer += 1;
        }
        ranks *= 2;
    }
    Some(best)
}

#[cfg(test)]
mod tests;
