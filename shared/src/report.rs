//! What the reader sees: a table with the sentences that read it, or one JSON document.

mod document;
mod findings;
mod output;
mod table;
pub mod units;

pub use document::{
    AuditEntry, Control, Document, KernelFacts, Phases, Run, Seconds, WholeBaseline,
};
pub use findings::findings;
pub use output::Output;
pub use table::{Glance, GlanceRow, table};
