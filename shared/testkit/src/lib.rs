//! What the tests of the lessons use. Only ever a dev-dependency.
//!
//! A lesson has one file of tests for its program and its table:
//!
//! ```ignore
//! use testkit::Program;
//!
//! const PROGRAM: Program = testkit::program!(threads::Threads);
//! testkit::contract!(PROGRAM);
//! testkit::table!(threads::Threads);
//! ```
//!
//! [`contract!`] is everything that a program promises, and one lesson, `threads`, runs it all. What the
//! runner does for one lesson it does for all, so the others run [`smoke!`], which looks at what differs
//! from lesson to lesson. [`ends!`] is for the programs that have no table of strategies.

#![warn(missing_docs)]

mod ended;
pub mod program;

pub mod bad_options;
pub mod counters;
pub mod document;
pub mod endings;
pub mod guess;
pub mod hand_in;
pub mod help;
pub mod layout;
pub mod limits;
pub mod output;
pub mod pinning;
pub mod right;
pub mod trace;

mod lists;

pub mod counting;
pub mod files;
pub mod leftovers;
pub mod models;
pub mod own;
pub mod panics;
pub mod pictures;
pub mod pinned;
pub mod pools;
mod side_by_side;
pub mod strategies;
mod system;
mod trial;

pub use program::{Ended, Program, command, finish, run};
pub use side_by_side::side_by_side;
pub use system::no_text;
pub use trial::trial;
