//! What does a sum do when a worker fails?
//!
//! What can go wrong (`fault`, `worker_kind`), the sums of careless code (`careless`), the mistakes that make
//! no noise (`silent`), and the strategies of the other lessons under the same faults
//! (`careful`). Each scenario (`scenario`) runs twice, as a program of its own (`case`), which the lesson
//! watches (`observer`) and compares (`comparison`, `report`).

mod fault;
mod faulty;
mod worker_kind;

pub mod careless;
pub mod silent;

mod careful;

mod options;
mod scenario;

mod case;

mod limit;
mod observer;
mod outcome;

mod comparison;
mod report;

mod lesson;

pub use case::case_if_asked;
pub use fault::Fault;
pub use faulty::Faulty;
pub use lesson::Faults;
pub use worker_kind::WorkerKind;

/// What the lesson asks.
const QUESTION: &str = "what does a sum do when a worker fails?";
