//! What each source says of the cores, and why they disagree.

mod disagreements;
mod sources;

pub use disagreements::disagreements;
pub use sources::{Source, sources};
