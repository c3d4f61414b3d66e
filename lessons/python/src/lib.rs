//! What makes Python fast, and what does each way cost?
//!
//! Every rung is a file of `rungs/`, run by a child Python. In reading order: what rungs there are, how a
//! child is asked, where its Python comes from, how that is set up, and what the numbers show.

pub mod rung;

mod session;

mod command;

mod child;

mod report;

mod sum;

mod pythons;

mod search;

mod strategy;

mod rust;

pub mod place;

mod interpreter;

pub mod record;

mod setup;

mod captured;

mod compare;

mod costs;

mod threads_and_processes;

mod findings;

mod show;

mod annotated;

mod options;

mod lesson;

pub use lesson::Python;
pub use options::Options;
pub use pythons::Pythons;
pub use rust::rust;
pub use strategy::sums_of;
