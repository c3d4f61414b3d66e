//! Lessons: what they have in common. A lesson hands itself to [`main`], which reads the options, lets it
//! answer its question, and gives the exit code. Most lessons are a [`Table`] of strategies, which
//! [`run_table`] measures and reports.

#![warn(missing_docs)]

mod environment;
mod output;
mod program;
pub mod signals;
mod stdout;
mod system;

mod ask;
mod lane;
mod layout;
mod progress;
mod saved;
mod target;
mod temporary_folder;
mod text;
mod text_file;

mod lesson;
pub mod options;

mod document;
pub mod gallery;
pub mod hand_in;
pub mod made_up;
mod report;
mod table;

pub use ask::ask;
pub use document::{
    AuditEntry, Control, Device, Document, KernelFacts, Measurements, Phases, Run, Seconds,
    WholeBaseline,
};
pub use environment::sanitize;
pub use hand_in::{HandIn, LearnerFile};
pub use lane::lane;
pub use layout::{BOLD, DIM, columns, plain_table, wrapped, wrapped_to};
pub use lesson::{Lesson, main};
pub use options::Options;
pub use output::Output;
pub use program::{Program, begin};
pub use progress::progress_bar;
pub use report::{CountedRow, Doubt, Finding, counters_table, doubt, phases_table, uneven_ranges};
pub use saved::Saved;
pub use stdout::{Stdout, can_be_written};
pub use table::{Table, run_table};
pub use target::target;
pub use temporary_folder::{TemporaryFolder, remedy};
pub use text::{text_of, without_mark};
pub use text_file::read_text;
