//! Time, measured so that a machine whose speed drifts does not invent a speedup; and what else is
//! needed to believe a time: the audit, the verdict, the machine.
//!
//! Each round runs the baseline, a control for each worker count, and every candidate, in turn.
//! Ratios are computed within a round, from runs that stood side by side; their medians are shown.

mod error;

pub mod cleanup;
pub mod panics;
pub mod pin;
pub mod retry;
mod strategy;
mod team;
pub mod watch;

pub mod audit;
pub mod machine;
pub mod verdict;

mod bench;
mod clock;
mod control;
mod interval;
mod results;
mod subject;

pub use bench::Bench;
pub use clock::took;
pub use control::cores_given;
pub use error::{Error, REFUSED};
pub use interval::Interval;
pub use results::{Measured, Plan, Results};
pub use strategy::{Strategy, Sum};
pub use team::together;
