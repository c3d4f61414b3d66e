//! What an exercise is linked against, and judged by.
//!
//! An exercise is a file with a hole. The program `practice` compiles what the learner made of it together with the
//! exercise's [`Rules`], and this crate, which is built already; the program that comes out of that [judges](main)
//! itself, step by step, and writes its [`Verdict`] into a file.
//!
//! What a learner's file uses is here: [`Terms`] to sum, a [`Mutex`] that counts, [`Data`] that knows who read it, the
//! [`model`] of threads that tries every order of steps, and the model of a [`device`] that runs kernels.

#![warn(missing_docs)]

mod stage;
mod verdict;

mod panics;
mod wire;

mod data;
pub mod device;
mod lock;
mod meeting;
pub mod model;
mod programs;
mod ranges;
mod started;
mod terms;

mod rules;
mod trial;

mod answer;
mod race;
mod rule;
mod strategy;

mod stuck;

mod begin;

pub use answer::{Answer, Speed};
pub use begin::{Variant, main};
pub use data::Data;
pub use lock::{Mutex, MutexGuard, locks_taken};
pub use meeting::Meeting;
pub use programs::{Behaviour, Programs};
pub use race::Race;
pub use ranges::{cut_fairly, nth, shown, shown_range};
pub use rng::Rng;
pub use rule::Rule;
pub use rules::Rules;
pub use stage::Stage;
pub use started::threads_started;
pub use strategy::Strategy;
pub use terms::Terms;
pub use trial::Trial;
pub use verdict::{Event, Failure, Lane, Row, Verdict};
