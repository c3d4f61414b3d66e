//! Time, measured so that a machine whose speed drifts does not invent a speedup.
//!
//! Each round runs the baseline, a control for each worker count, and every candidate, in turn.
//! Ratios are computed within a round, from runs that stood side by side; their medians are shown.

mod clock;
mod control;
mod interval;
mod rounds;

pub use clock::Timed;
pub use interval::Interval;
pub use rounds::{Bench, Measured, Plan, Results};
