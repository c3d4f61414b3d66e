use serde::Serialize;

use super::{Costs, Plan};

/// What theory says of a plan, before anything is simulated.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Bounds {
    /// What one core of speed 1 takes for all blocks: T1.
    pub one_worker: f64,
    /// The longest block.
    pub longest: f64,
    /// No schedule is shorter: all cores busy from the first moment to the last, or one core busy with
    /// the longest block.
    pub best: f64,
    /// No schedule is longer in which no worker waits while there is a block to take and taking is free:
    /// T1/P + (1 - 1/P) times the longest block (R. L. Graham, *Bounds for certain multiprocessing
    /// anomalies*, Bell System Technical Journal 45, 1966). For cores that are alike; `None` otherwise.
    pub greedy: Option<f64>,
    /// What remains with any number of workers, for stealing: the longest block, and as many splits and
    /// steals as it takes to halve all blocks down to one.
    pub span: f64,
}

impl Bounds {
    /// The bounds of `plan` for blocks that cost a core of speed 1 so much.
    pub fn of(plan: &Plan, costs: &[f64]) -> Self {
        let one_worker: f64 = costs.iter().sum();
        let longest = costs.iter().copied().fold(0.0, f64::max);
        let speeds = || (0..plan.workers).map(|worker| plan.speed_of(worker));
        let (all, fastest) = (speeds().sum::<f64>(), speeds().fold(0.0, f64::max));
        let fed = plan.ceiling.map_or(all, |cores| all.min(cores * plan.speed));
        let alike = plan.slow.is_empty() && plan.vanishes.is_none() && plan.ceiling.is_none();
        let alike = alike && (plan.nodes == 1 || plan.distance == 1.0);
        let (p, Costs { split, steal, .. }) = (plan.workers as f64, plan.costs);
        let depth = (costs.len().max(1) as f64).log2().ceil();
        Bounds {
            one_worker,
            longest,
            best: (one_worker / fed).max(longest / fastest.min(fed)),
            greedy: alike.then(|| (one_worker / p + (1.0 - 1.0 / p) * longest) / plan.speed),
            span: longest / fastest + depth * (split + steal),
        }
    }

    /// By how many spans a schedule is longer than equal shares: the `c` of `T1/P + c * span`, which
    /// bounds work stealing (R. D. Blumofe and C. E. Leiserson, *Scheduling multithreaded computations
    /// by work stealing*, Journal of the ACM 46(5), 1999). They prove that some c holds for all sums; here
    /// is the one that was seen.
    pub fn spans_over(&self, makespan: f64, workers: usize) -> f64 {
        (makespan - self.one_worker / workers as f64) / self.span
    }
}
