//! How does your own program scale?
//!
//! The lesson runs any program (`subject`) with one worker, with two, and so on, in rounds (`session`), beside as
//! many copies of it with one worker each (`copies`). What the program wrote is held against what it wrote with one
//! worker (`judge`). Then the laws of scaling, and one sentence of advice (`document`, `findings`, `report`).

mod options;
mod template;

mod judge;
mod output;
mod subject;

mod copies;
mod session;

mod document;
mod findings;

mod chart;
mod report;

pub mod commits;
mod compare;
pub mod difference;

mod lesson;

pub use lesson::Scale;
pub use output::Output;
pub use subject::{Ended, quietly};

/// What the lesson asks.
const QUESTION: &str = "how does your own program scale?";

/// With this argument the program does nothing: so it is measured what a start costs.
pub const NOTHING: &str = "--nothing";
