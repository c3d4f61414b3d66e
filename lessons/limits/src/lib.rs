//! What can this machine do, and what would more cores bring?
//!
//! The machine as it says it is ([`cores`]) and as it is measured ([`probes`]); a machine on paper with
//! as many workers as you like ([`simulator`]), for blocks that were timed here ([`Work`]) or on a machine
//! that a file describes ([`Description`]). The parts of the program, each of which asks one question:
//! `machine`, `laws`, `simulation`, `comparison`, `break_even`.

pub mod cores;
pub mod probes;

pub mod simulator;

mod description;
mod work;

mod break_even;
mod comparison;
mod laws;
mod machine;
mod simulation;
mod tour;

mod lesson;
mod options;
mod picture;
mod real;
mod text_file;
mod told;
mod with_kernel;

pub use description::Description;
pub use lesson::main;
pub use work::{Work, usual_blocks};
