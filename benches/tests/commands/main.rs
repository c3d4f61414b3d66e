//! The commands of cargo that people type, with what they build and run.

mod bench_run;
mod class_recheck;
mod fifth_kernel;
mod workspace;
mod your_kernel;
mod your_turn;
