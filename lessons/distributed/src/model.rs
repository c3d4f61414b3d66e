//! What messages cost, and what that means for more ranks than anybody here has.
//!
//! The model is a plain form of LogGP (Alexandrov and others, 1995): a message takes so long from end to
//! end, so long after the one before it, and so long for each byte. What a
//! strategy takes is given twice: by a formula (`strategies`), and by the simulator of `limits` (`simulated`).

mod job;
mod paper;
mod section;
mod simulated;
mod strategies;

#[cfg(feature = "mpi")]
mod measured;

#[cfg(not(feature = "mpi"))]
mod loopback;
#[cfg(not(feature = "mpi"))]
use loopback as measured;

pub use crate::costs::Costs;
pub use job::Job;
pub use paper::paper;
pub use section::Model;
pub use simulated::{best, simulated};
pub use strategies::{COST_MODELS, StrategyCost, strategies};
