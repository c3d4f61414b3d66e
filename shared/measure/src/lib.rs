//! Time, measured so that a machine whose speed drifts does not invent a speedup; and what else is
//! needed to believe a time: the audit, the verdict, the machine.
//!
//! [`time`] reads the clock, [`Rounds`] decides what is timed beside what, [`verdict::judge`] judges. Each
//! round runs the baseline, a control for each number of workers above one, and every row, in an order
//! that is drawn anew. Ratios are made within a round, of runs that stood side by side; their medians
//! are shown.

#![warn(missing_docs)]

mod cpu_list;
mod cpuid;
mod error;
mod excerpt;
mod lock;

pub mod facts;
mod system;

mod affinity;
mod cancel;
mod context;
pub mod panics;

mod limit;
mod team;

mod cpu_time;
mod idle;
mod stopwatch;
mod threads;

mod control;
pub mod counters;
mod interval;
mod plan;
mod share;
mod weights;

mod strategy;

pub mod audit;
mod complaint;
mod rows;
mod subject;
pub mod verdict;

mod board;
pub mod check;
mod rounds;

pub mod machine;

pub use affinity::{Affinity, Pin, pinnable_cores};
pub use board::Board;
pub use cancel::{Cancellation, Registration};
pub use complaint::Complaint;
pub use context::{Context, Entered, Retries, Setup};
pub use control::{Capacity, capacity};
pub use error::{Error, REFUSED};
pub use idle::idle_burn;
pub use interval::Interval;
pub use limit::{TimeLimit, limited};
pub use plan::Plan;
pub use rounds::{Control, Referee, Rounds};
pub use rows::{Results, Row};
pub use share::{LARGEST_SHARE, believable_share};
pub use stopwatch::{Sample, Stopwatch, Summed, Work, quickest, time};
pub use strategy::{BoundStrategy, Needs, Start, Strategy, StrategyInfo, Sum, seconds_of_a_term};
pub use subject::{Ruling, Subject};
pub use team::{rate_together, time_together, together};
pub use threads::{Activity, ThreadNow, threads_now};
pub use weights::Weights;
