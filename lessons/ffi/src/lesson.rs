use shared::kernel::Home;
use shared::{Kernel, Lesson, Strategy, row};

use crate::work::Work;
use crate::{c_per_block, c_per_term, c_whole, callback, cxx_template, cxx_whole, rust, your_turn};

/// The lesson, for the runner: its question and its table.
#[derive(Debug)]
pub struct Ffi;

impl Lesson for Ffi {
    const NAME: &'static str = "ffi";
    const QUESTION: &'static str = "what does it cost to call another language?";
    const HOME: Home = Home::Shared;
    const PARALLEL: bool = false;
    const READ_FIRST: Option<&'static str> = Some("c-per-term");
    const GUESSED: &'static str = "c-per-term";

    fn strategies<K: Kernel>() -> Vec<Strategy<K>> {
        vec![
            row!(rust, "one call for all, within Rust", standing on Work::of),
            row!(c_per_term, "the loop in Rust, each term in C", standing on Work::of).per_term(),
            row!(c_per_block, "the loop in C, called for each block", standing on Work::of),
            row!(c_whole, "one call for all, to C", standing on Work::of),
            row!(cxx_whole, "one call for all, to C++ through cxx", standing on Work::of),
            row!(cxx_template, "the same, made from one template", standing on Work::of),
            row!(callback, "the loop in C, each term in Rust").per_term(),
            row!(your_turn, "yours: lessons/ffi/src/your_turn.rs"),
        ]
    }
}
