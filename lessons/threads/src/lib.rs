//! Do N threads make the sum N times faster?

mod scoped;

pub use scoped::scoped;

use shared::{Kernel, Lesson, Strategy, row};

/// The lesson, for the runner.
#[derive(Debug)]
pub struct Threads;

impl Lesson for Threads {
    const NAME: &'static str = "threads";
    const QUESTION: &'static str = "do N threads make the sum N times faster?";

    fn strategies<K: Kernel>() -> Vec<Strategy<K>> {
        vec![row!(scoped, "scoped threads borrow the kernel; one range each")]
    }
}
