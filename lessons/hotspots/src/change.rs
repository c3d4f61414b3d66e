use serde::{Deserialize, Serialize};

use crate::Part;

/// A part that a variant does in another way.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub(crate) struct Change {
    pub(crate) part: Part,
    /// Its share of the first program's time.
    pub(crate) share: f64,
    /// How many times faster it is than in the first program, by the stopwatch.
    pub(crate) faster: f64,
}

impl Change {
    /// A part with this `share` of the time, which took `before` seconds, and takes `now`.
    pub(crate) fn new(part: Part, share: f64, before: f64, now: f64) -> Self {
        // No clock of ours tells less than a nanosecond.
        Change { part, share, faster: before.max(1e-9) / now.max(1e-9) }
    }
}

/// The speedup of the whole program by Amdahl's law; `None` where nothing has changed.
pub(crate) fn predicted_speedup(changes: &[Change]) -> Option<f64> {
    let parts = changes.iter().map(|change| (change.share, change.faster));
    (!changes.is_empty()).then(|| laws::amdahl_of_parts(parts))
}
