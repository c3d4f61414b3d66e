//! What can this machine do, and what would more cores bring?

pub mod simulator;
