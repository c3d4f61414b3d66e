//! A machine on paper: P workers share a sum, event by event.
//!
//! Nothing is summed here, and no clock runs. There is a list of blocks, each with what it costs one
//! core. Workers take blocks by the rules of a strategy, pay what taking costs, and are busy for as
//! long as the block costs them. The simulator goes from one event to the next: a worker is ready, a
//! block begins, a block is done, a core vanishes. The same plan gives the same schedule, always.
//!
//! Read it in this order: [`Plan`] (the question), `queue` (what happens next), `in_progress` (the blocks
//! that are being summed, and the memory that they share), `sharing` (who takes which block),
//! `run` (the loop), [`Schedule`] (the answer), and [`Bounds`] (what theory says).
//!
//! Machines that share no memory are in [`ranks`].
//!
//! What it leaves out: caches that grow cold, hardware threads that share a core, the noise of a
//! system that does other things, and a clock rate that drops when all cores work.

mod bounds;
mod in_progress;
mod plan;
mod queue;
pub mod ranks;
mod run;
mod schedule;
mod sharing;
mod worker;

#[cfg(test)]
mod tests;

pub use bounds::Bounds;
pub use plan::{Begin, Costs, Plan, Strategy};
pub use run::simulate;
pub use schedule::{BlockSpan, Schedule};
