use serde::Serialize;

/// What came out: who was busy, and when it was all over.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Schedule {
    /// From the call until the caller has the sum.
    pub makespan: f64,
    /// How long each worker summed.
    pub busy: Vec<f64>,
    /// How many blocks each worker finished.
    pub blocks: Vec<u64>,
    /// How often a worker found something at a victim.
    pub steals: u64,
    /// How often it found nothing there.
    pub misses: u64,
    /// Who summed what, and when; empty unless it was asked for.
    #[serde(skip)]
    pub spans: Vec<BlockSpan>,
    /// How many events it took.
    pub events: u64,
}

/// A block that one worker summed, or began to sum and lost.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct BlockSpan {
    /// Who.
    pub worker: usize,
    pub block: usize,
    /// When it began.
    pub start: f64,
    /// When it was done.
    pub end: f64,
    /// Whether the worker vanished with it.
    pub lost: bool,
}

impl Schedule {
    /// The time that workers had and did not sum, over all of it: 0 where nobody ever waited.
    pub fn idle(&self) -> f64 {
        let all = self.makespan * self.busy.len() as f64;
        if all > 0.0 { 1.0 - self.busy.iter().sum::<f64>() / all } else { 0.0 }
    }
}
