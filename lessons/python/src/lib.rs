//! What makes Python fast, and what does each way cost?
//!
//! Every rung is a file of `rungs/`, run by a child Python. In reading order: what rungs there are, how a
//! child is asked, where its Python comes from, how that is set up, and what is said of the numbers.

pub mod rung;

pub mod child;

pub mod sum;

mod rust;

pub mod place;

pub mod interpreter;

pub mod record;

pub mod setup;

mod temporary;

mod captured;

mod stages;

mod ladder;

mod threads_and_processes;

mod findings;

mod show;

mod lesson;

pub use lesson::Python;
pub use rust::rust;
