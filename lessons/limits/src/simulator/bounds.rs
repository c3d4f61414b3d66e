use serde::Serialize;

use super::{Costs, Plan};

/// What theory says about a plan, before anything is simulated.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Bounds {
    /// What one core of speed 1 takes for all blocks: T1.
    pub one_worker: f64,
    /// All cores busy from the first moment to the last, as far as the memory feeds them: T1/P on cores
    /// that are alike.
    pub share: f64,
    /// The longest block, on the fastest core.
    pub longest: f64,
    /// No schedule is shorter: all cores busy from the first moment to the last, or one core busy with
    /// the longest block.
    pub best: f64,
    /// No schedule is longer in which no worker waits while there is a block to take and taking is free:
    /// T1/P + (1 - 1/P) times the longest block (R. L. Graham, *Bounds for certain multiprocessing
    /// anomalies*, Bell System Technical Journal 45, 1966). For cores that are alike; `None` otherwise.
    pub greedy: Option<f64>,
    /// What remains with any number of workers, for stealing: to be woken, the longest block, and as many splits
    /// and steals as it takes to halve all blocks down to one.
    pub span: f64,
}

impl Bounds {
    /// The bounds of `plan` for blocks that cost a core of speed 1 so much.
    pub fn of(plan: &Plan, costs: &[f64]) -> Self {
        let one_worker: f64 = costs.iter().sum();
        let speeds = || (0..plan.workers).map(|worker| plan.speed_of(worker));
        let (all, fastest) = (speeds().sum::<f64>(), speeds().fold(0.0, f64::max));
        let fed = plan.ceiling.map_or(all, |cores| all.min(cores * plan.speed));
        let alike = plan.slow.is_empty() && plan.vanishes.is_none() && plan.ceiling.is_none();
        let alike = alike && (plan.nodes == 1 || plan.distance == 1.0);
        let (p, Costs { split, steal, wake, .. }) = (plan.workers as f64, plan.costs);
        let share = one_worker / fed;
        let longest = costs.iter().copied().fold(0.0, f64::max) / fastest.min(fed);
        let depth = (costs.len().max(1) as f64).log2().ceil();
        Bounds {
            one_worker,
            share,
            longest,
            best: share.max(longest),
            greedy: alike.then(|| share + (1.0 - 1.0 / p) * longest),
            span: wake + longest + depth * (split + steal),
        }
    }

    /// By how many spans a schedule is longer than equal shares: the `c` of `T1/P + c * span`, which
    /// bounds work stealing (R. D. Blumofe and C. E. Leiserson, *Scheduling multithreaded computations
    /// by work stealing*, Journal of the ACM 46(5), 1999). They prove that some c holds for all sums; here
    /// is the one that was seen.
    pub fn spans_over(&self, makespan: f64) -> f64 {
        (makespan - self.share) / self.span
    }
}

#[cfg(test)]
mod tests {
    use super::super::Strategy;
    use super::*;

    /// Five blocks of 1 s on two cores of such a speed, where a split and a steal take 0.1 s each.
    fn bounds(speed: f64) -> Bounds {
        let mut plan = Plan::new(Strategy::StealingHalf, 2);
        plan.speed = speed;
        (plan.costs.split, plan.costs.steal) = (0.1, 0.1);
        Bounds::of(&plan, &[1.0; 5])
    }

    #[test]
    fn a_span_begins_with_the_wake_up() {
        // Seen: 100,000 blocks of 200 ns, and c = 41: the schedule waited for its workers, and the span did not.
        let mut plan = Plan::new(Strategy::StealingHalf, 64);
        plan.costs.wake = 22e-6;
        let costs = vec![200e-9; 100_000];
        let bounds = Bounds::of(&plan, &costs);
        assert!((bounds.span - 22.2e-6).abs() < 1e-12, "{}", bounds.span);
        let makespan = super::super::simulate(&plan, &costs, false).makespan;
        let c = bounds.spans_over(makespan);
        assert!((0.0..2.0).contains(&c), "{c}");
    }

    #[test]
    fn they_know_the_speed_of_the_machine() {
        let (slow, here, fast) = (bounds(0.5), bounds(1.0), bounds(2.0));
        assert_eq!([slow.share, here.share, fast.share], [5.0, 2.5, 1.25]);
        assert_eq!([slow.longest, here.longest, fast.longest], [2.0, 1.0, 0.5]);
        // Five blocks are halved three times.
        assert!((here.span - (1.0 + 3.0 * 0.2)).abs() < 1e-12);
        // T1/P and half of a span above it, wherever it is.
        for bounds in [slow, here, fast] {
            let over = bounds.spans_over(bounds.share + bounds.span / 2.0);
            assert!((over - 0.5).abs() < 1e-12, "{bounds:?}");
        }
    }

    #[test]
    fn one_block_cannot_be_shared() {
        let mut plan = Plan::new(Strategy::SelfScheduled, 4);
        plan.speed = 2.0;
        let bounds = Bounds::of(&plan, &[1.0]);
        assert_eq!((bounds.share, bounds.longest, bounds.best), (0.125, 0.5, 0.5));
        // Memory for half a core of this machine: the block takes twice as long as at full speed.
        plan.ceiling = Some(0.5);
        assert_eq!(Bounds::of(&plan, &[1.0]).best, 1.0);
    }
}
