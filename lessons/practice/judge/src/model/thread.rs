//! Threads.

pub use loom::thread::*;

/// Lets others get on first; a loop that waits for them has to call it.
#[track_caller]
pub fn yield_now() {
    super::YIELDED.set(true);
    loom::thread::yield_now();
}
