//! What each source says about the cores, and why they disagree.

mod disagreements;
mod sources;

pub(crate) use disagreements::disagreements;
pub(crate) use sources::{Source, sources};
