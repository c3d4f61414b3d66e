//! What a loop does while it waits.

pub use loom::hint::*;

/// Lets others get on first; a loop that waits for them has to call it.
#[track_caller]
pub fn spin_loop() {
    super::YIELDED.set(true);
    loom::hint::spin_loop();
}
