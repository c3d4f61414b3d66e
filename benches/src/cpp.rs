//! The same sums in C++, as a program of its own: compiled with the libraries that are here, and asked line by line.

mod built;
mod library;
mod program;

pub use built::{Built, built, built_by};
pub use library::{Library, WAYS, Way};
pub use program::Program;
