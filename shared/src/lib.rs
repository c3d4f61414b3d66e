//! What every lesson of Sum of Parts uses. It knows no lesson.
//!
//! Data flows one way: options, [kernel], runs, verdicts, report. A reader who wants to
//! understand a strategy needs [`Kernel`], [`split`] and [`Workers`]; the rest measures and shows.

pub mod kernel;
pub mod split;
mod workers;

mod dice;
mod error;
mod strategy;

pub mod audit;
pub mod break_even;
pub mod laws;
pub mod machine;
pub mod measure;
pub mod verdict;

mod ask;
pub mod cleanup;
pub mod cli;
pub mod environment;
pub mod lesson;
pub mod panics;
pub mod pin;
pub mod program;
pub mod report;
pub mod retry;
pub mod signals;
pub mod svg;
mod team;
pub mod watch;

pub use ask::ask;
pub use dice::Dice;
pub use error::Error;
pub use kernel::{Kernel, KernelName};
pub use lesson::{Lesson, main};
pub use strategy::{Strategy, Sum};
pub use team::together;
pub use workers::Workers;
