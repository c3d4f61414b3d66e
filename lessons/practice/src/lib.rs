//! Is it right, is it parallel, and is it fast?

mod exercise;
mod set;

mod attempt;
mod workshop;

mod verify;

pub use verify::verify_all;
