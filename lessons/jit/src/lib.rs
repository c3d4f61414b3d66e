//! What does compiling at run time cost, and when does it pay?
//!
//! A compiler for the bytecode of `interpreted`, in reading order: the types, their inference for a call, the
//! typed form, its translation to machine code, and the engine that calls it.

pub mod types;

pub mod signature;

pub mod typed;

mod show;

pub mod infer;

pub mod bailout;

mod helpers;

mod lower;

pub mod compile;

pub mod native;

mod values;

pub mod cache;

mod engine;

pub mod point;

pub mod inspect;

pub mod script;

mod total;

mod interpreted;

mod first_call;

mod later_calls;

mod compiled_checked;

mod compiled;

mod your_turn;

mod cost;

mod options;

mod lesson;

pub use compiled::compiled;
pub use compiled_checked::compiled_checked;
pub use engine::Engine;
pub use first_call::first_call;
pub use interpreted::interpreted;
pub use later_calls::later_calls;
pub use lesson::Jit;
pub use your_turn::your_turn;
