//! What can this machine do, and what would more cores bring?
//!
//! The machine as it says it is ([`cores`]) and as it is measured ([`probes`]); a machine on paper with
//! as many workers as you like ([`simulator`]).

pub mod cores;
pub mod probes;
pub mod simulator;
