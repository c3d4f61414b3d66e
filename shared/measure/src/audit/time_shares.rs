use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::Audit;

/// Where the wall time of one audited run went, in seconds of the mean worker.
///
/// The picture: each worker's lane is as long as the run. In it, in order, the worker is not there
/// yet, then it sums with pauses in between, then it is done and others are not, then the caller
/// adds what they found. The five parts of a lane add up to the wall time, and so do their means.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct TimeShares {
    /// Until the worker began with its first range.
    pub starting: f64,
    /// Busy with terms.
    pub summing: f64,
    /// Between two of its ranges: looking for work, taking a lock, being off its core.
    pub waiting: f64,
    /// Done, while the last worker was not. A worker that summed nothing is in here all along.
    pub imbalance: f64,
    /// After the last worker was done: waking up the caller, adding the partials.
    pub combining: f64,
}

impl TimeShares {
    /// The parts with their names, in the order of a lane.
    pub fn parts(&self) -> [(&'static str, f64); 5] {
        [
            ("starting", self.starting),
            ("summing", self.summing),
            ("waiting", self.waiting),
            ("imbalance", self.imbalance),
            ("combining", self.combining),
        ]
    }

    /// The wall time that the parts add up to, in seconds.
    pub fn wall(&self) -> f64 {
        self.parts().iter().map(|(_, seconds)| seconds).sum()
    }
}

impl Audit {
    /// Where `wall`, the time of the whole audited run, went. A run in which nobody summed anything
    /// is all `combining`.
    ///
    /// A worker's last note may lie a moment after `wall` was read; what would be negative is zero,
    /// and the parts then exceed `wall` by that moment.
    pub fn time_shares(&self, wall: Duration) -> TimeShares {
        let last_end = self.workers.iter().map(|worker| worker.end).max().unwrap_or_default();
        let combining = wall.saturating_sub(last_end).as_secs_f64();
        let mut shares =
            TimeShares { starting: 0.0, summing: 0.0, waiting: 0.0, imbalance: 0.0, combining };
        let workers = self.workers.len().max(1) as f64;
        for worker in &self.workers {
            let present = worker.end.saturating_sub(worker.start);
            shares.starting += worker.start.as_secs_f64() / workers;
            shares.summing += worker.busy.as_secs_f64() / workers;
            shares.waiting += present.saturating_sub(worker.busy).as_secs_f64() / workers;
            shares.imbalance += last_end.saturating_sub(worker.end).as_secs_f64() / workers;
        }
        shares
    }
}

#[cfg(test)]
mod tests {
    use std::time::Instant;

    use kernels::{Event, Integers, Kernel, Known, Span, WorkerId, Workers};

    use super::*;
    use crate::audit::Audited;

    /// Two processes of a run of 100 ms: one is busy from 10 to 30 and from 40 to 90 ms, the other
    /// from 20 to 50 ms.
    fn audit() -> Audit {
        let kernel = Audited::new(Integers::new(30).expect("few terms"));
        let origin = Instant::now();
        let at = |milliseconds: u64| origin + Duration::from_millis(milliseconds);
        for (process, range, start, end) in
            [(1, 0..10, 10, 30), (1, 10..20, 40, 90), (2, 20..30, 20, 50)]
        {
            let worker = WorkerId::Process(process);
            kernel.record(Event::Summed(Span { worker, range, start: at(start), end: at(end) }));
        }
        kernel.finish(Workers::new(2).expect("two"))
    }

    #[test]
    fn the_parts_add_up_to_the_wall_time() {
        let shares = audit().time_shares(Duration::from_millis(100));
        // The record was opened a moment before the origin, so times are within a millisecond.
        let near = |measured: f64, milliseconds: f64| {
            assert!((measured * 1e3 - milliseconds).abs() < 1.0, "{measured}: {shares:?}");
        };
        near(shares.starting, 15.0);
        near(shares.summing, 50.0);
        near(shares.waiting, 5.0);
        near(shares.imbalance, 20.0);
        near(shares.combining, 10.0);
        assert!((shares.wall() - 0.1).abs() < 1e-9, "{shares:?}");
    }

    #[test]
    fn a_worker_that_never_came_is_imbalance() {
        let kernel = Audited::new(Integers::new(10).expect("few terms"));
        kernel.sum(0..10);
        let audit = kernel.finish(Workers::new(2).expect("two"));
        let wall = Duration::from_millis(80);
        let shares = audit.time_shares(wall);
        assert!(shares.imbalance > 0.0, "{shares:?}");
        assert!((shares.wall() - wall.as_secs_f64()).abs() < 1e-9, "{shares:?}");
    }

    #[test]
    fn a_run_without_work_is_all_combining() {
        let audit = Audited::new(Integers::new(0).expect("none")).finish(Workers::ONE);
        let shares = audit.time_shares(Duration::from_millis(3));
        assert!((shares.combining - 0.003).abs() < 1e-12, "{shares:?}");
        assert!((shares.wall() - 0.003).abs() < 1e-12, "{shares:?}");
    }
}
