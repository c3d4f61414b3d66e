use measure::Interval;
use serde::{Deserialize, Serialize};

/// How far one strategy went with more workers, for one kernel.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct MachineCurve {
    /// One of the built-in kernels.
    pub kernel: String,
    /// The strategy, as its row is called.
    pub strategy: String,
    /// How many terms a sum had.
    pub terms: u64,
    /// In the order of the workers, the first with one.
    pub points: Vec<MachinePoint>,
}

/// One count of workers.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct MachinePoint {
    /// How many workers.
    pub workers: usize,
    /// Over the best sum on one core of that machine.
    pub speedup: Interval,
    /// How many cores the machine gave to as many independent sums.
    pub capacity: Interval,
    /// Seconds of a sum: only to see whether it can have been.
    pub seconds: f64,
}

impl MachinePoint {
    /// The part of the capacity that the strategy reached.
    pub fn share(&self) -> f64 {
        self.speedup.median / self.capacity.median
    }
}
