//! What the reader sees: a table with the sentences that read it, or one JSON document.

mod document;
mod findings;
mod glance;
mod guess;
mod layout;
mod output;
mod progress;
mod saved;
mod table;
mod trace;
pub mod units;

pub use document::{
    AuditEntry, Control, Document, KernelFacts, Phases, Run, Seconds, Stages, WholeBaseline,
};
pub use findings::findings;
pub use glance::{Glance, GlanceRow};
pub use guess::{Guess, Question};
pub use layout::{BOLD, plain_table, wrapped};
pub use output::Output;
pub use progress::progress_bar;
pub use saved::Saved;
pub use table::{Beside, table};
pub use trace::Trace;
