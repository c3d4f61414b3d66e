use std::time::Duration;

use measure::audit::{Audit, TimeShares};
use serde::{Deserialize, Serialize};

/// One audited run: who summed which range, and when.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Timeline {
    pub kernel: String,
    pub strategy: String,
    /// How many terms it summed.
    pub terms: u64,
    /// How long the whole run took, in seconds.
    pub wall: f64,
    /// Where that time went.
    pub shares: TimeShares,
    /// One lane per worker.
    pub lanes: Vec<Lane>,
}

/// What one worker did.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Lane {
    /// `thread 1`, `process 4711` or `idle`.
    pub id: String,
    /// How long it was busy, in seconds: its boxes add up to this.
    pub busy: f64,
    /// Its ranges, by time.
    pub boxes: Vec<LaneBox>,
}

/// One range that a worker summed.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct LaneBox {
    /// When it began, in seconds from the start of the run.
    pub start: f64,
    /// When it was done.
    pub end: f64,
    /// The first term.
    pub lo: u64,
    /// One past the last term.
    pub hi: u64,
    /// Whether the worker had just taken it from another.
    pub stolen: bool,
}

impl Timeline {
    /// The timeline of an audited run that took `wall` in all.
    pub fn of(kernel: &str, strategy: &str, terms: u64, wall: Duration, audit: &Audit) -> Self {
        let lanes = audit.workers.iter().map(|worker| {
            let mine = audit.spans.iter().filter(|piece| piece.worker == worker.worker);
            let mut boxes: Vec<LaneBox> = mine
                .map(|piece| LaneBox {
                    start: piece.start.as_secs_f64(),
                    end: piece.end.as_secs_f64(),
                    lo: piece.range.start,
                    hi: piece.range.end,
                    stolen: piece.stolen,
                })
                .collect();
            boxes.sort_by(|one, other| one.start.total_cmp(&other.start));
            Lane { id: worker.id.clone(), busy: worker.busy.as_secs_f64(), boxes }
        });
        Timeline {
            kernel: kernel.to_owned(),
            strategy: strategy.to_owned(),
            terms,
            wall: wall.as_secs_f64(),
            shares: audit.time_shares(wall),
            lanes: lanes.collect(),
        }
    }
}
