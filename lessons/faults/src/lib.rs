//! What does a sum do when a worker fails?
//!
//! What can go wrong (`fault`, `place`), the sums that everyone writes first (`naive`), the mistakes that
//! make no noise (`silent`), and the strategies of the other lessons under the same faults (`careful`).
//! Each run is a program of its own (`case`), which the lesson watches (`observer`) and tells of
//! (`report`).

mod fault;
mod faulty;
mod place;

pub mod naive;
pub mod silent;

mod careful;

mod case;
mod lesson;
mod observer;
mod options;
mod orphans;
mod report;

pub use case::case_if_asked;
pub use fault::Fault;
pub use faulty::Faulty;
pub use lesson::main;
pub use place::Place;
