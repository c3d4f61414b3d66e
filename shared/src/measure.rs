//! Time, measured so that a machine whose speed drifts does not invent a speedup.
//!
//! Each round runs the baseline, a control for each worker count, and every candidate, in turn.
//! Ratios are computed within a round, from runs that stood side by side; their medians are shown.

mod bench;
mod clock;
mod control;
mod interval;
mod results;
mod subject;

pub use bench::Bench;
pub use clock::took;
pub use control::cores_given;
pub use interval::Interval;
pub use results::{Measured, Plan, Results};
