//! Is it right, is it parallel, and is it fast? Exercises that know.
//!
//! An exercise has one source ([`exercise`](Exercise)), of which all there are stand in the `set`. The learner has a
//! file for each (`folder`), and how far they are stands in one more (`progress`). A `check` compiles such a file
//! (`workshop`), runs it in a process of its own (`attempt`), and shows what the crate `judge` found (`report`).

mod exercise;
mod set;

mod attempt;
mod compiler;
mod workshop;

mod folder;
mod progress;

mod check;
mod document;
mod report;

mod pages;

mod desk;
mod hand_in;
mod verify;
mod watch;

mod options;

mod lesson;

pub use compiler::compile_if_asked;
pub use exercise::{Exercise, Filling};
pub use lesson::Practice;
pub use pages::{page, page_file};
pub use set::{CHAPTERS, Chapter, all};
