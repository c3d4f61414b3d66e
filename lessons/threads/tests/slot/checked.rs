//! `src/hot_team/slot.rs` itself, on the atomics and threads of loom.

pub mod awake {
    /// Sleeps at once.
    pub struct Awake;

    impl Awake {
        pub fn never() -> Self {
            Awake
        }

        pub fn once_more(&mut self) -> bool {
            false
        }
    }
}

pub mod sync {
    pub use loom::cell::UnsafeCell;
    pub use loom::sync::Arc;
    pub use loom::sync::atomic::AtomicU32;
    pub use loom::thread::{Thread, park};
}

#[path = "../../src/hot_team/slot.rs"]
pub mod slot;
