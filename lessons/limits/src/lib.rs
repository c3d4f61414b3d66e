//! What can this machine do, and what would more cores bring?
//!
//! The machine as it says it is (`cores`) and as it is measured ([`probes`]); a machine on paper with
//! as many workers as you like ([`simulator`]), for blocks that were timed here ([`Workload`]) or on a machine
//! that a file describes (`description`). Each subcommand asks one question: `machine`, `laws`,
//! `simulation`, `comparison`, `break_even`, `price_list`.

mod cores;
mod system;

pub mod probes;

pub mod simulator;

mod section;
mod values;

mod description;
mod picture;
mod workload;

mod counterpart;

mod break_even;
mod comparison;
mod laws;
mod machine;
mod price_list;
mod simulation;

mod command;

mod lesson;

pub use command::Options;
pub use lesson::Limits;
pub use workload::{Workload, usual_blocks};
