//! What does compiling at run time cost, and when does it pay?
//!
//! A compiler for the bytecode of `interpreted`, in reading order: what types there are, how the types of a
//! call are found, the form with a type at every place, how that becomes machine code, and who calls it.

pub mod types;

pub mod signature;

pub mod typed;

mod show;

pub mod infer;

pub mod status;

mod helpers;

mod lower;

pub mod compile;

pub mod native;

mod values;

pub mod cache;

mod engine;

pub mod inspect;

pub mod script;

mod lesson;

pub use engine::Engine;
pub use lesson::Jit;
