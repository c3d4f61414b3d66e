//! What does compiling at run time cost, and when does it pay?
//!
//! A compiler for the bytecode of `interpreted`, in reading order: the types, their inference for a call, the
//! typed form, its translation to machine code, and the engine that calls it.

mod types;

pub mod signature;

mod typed;

mod show;

mod infer;

mod bailout;

mod helpers;

mod lower;

mod compile;

mod native;

mod values;

mod cache;

mod engine;

pub mod point;

mod inspect;

mod script;

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

pub use engine::Engine;
pub use lesson::Jit;

use compiled::compiled;
use compiled_checked::compiled_checked;
use first_call::first_call;
use interpreted::interpreted;
use later_calls::later_calls;
use your_turn::your_turn;
