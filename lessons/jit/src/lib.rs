//! What does compiling at run time cost, and when does it pay?

pub mod types;

pub mod typed;

mod operator;

pub use operator::{Comparison, Operator};

pub mod status;

mod helpers;

mod lower;

pub mod compile;

pub mod native;
