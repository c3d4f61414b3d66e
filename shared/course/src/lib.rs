//! Lessons: what they have in common. A lesson hands itself to [`main`], which reads the options,
//! measures, and reports.

pub mod cli;
pub mod environment;
pub mod program;
pub mod signals;

mod ask;
mod output;
mod progress;
mod saved;
mod target;

mod layout;

mod document;
mod findings;
mod glance;
mod guess;
mod table;
mod trace;

mod lesson;

pub use ask::ask;
pub use document::{
    AuditEntry, Control, Document, KernelFacts, Phases, Run, Seconds, Stages, WholeBaseline,
};
pub use findings::findings;
pub use glance::{Glance, GlanceRow};
pub use guess::{Guess, Question};
pub use layout::{BOLD, plain_table, wrapped};
pub use lesson::{Lesson, main};
pub use output::Output;
pub use progress::progress_bar;
pub use saved::Saved;
pub use table::{Beside, table};
pub use target::target;
pub use trace::Trace;
