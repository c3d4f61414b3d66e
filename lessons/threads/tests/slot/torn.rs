//! The same file, where a turn is passed in two steps.

pub use super::checked::awake;

pub mod sync {
    use std::sync::atomic::Ordering;

    pub use loom::cell::UnsafeCell;
    pub use loom::sync::Arc;
    pub use loom::thread::{Thread, park};

    pub struct AtomicU32(loom::sync::atomic::AtomicU32);

    impl AtomicU32 {
        pub fn new(value: u32) -> Self {
            AtomicU32(loom::sync::atomic::AtomicU32::new(value))
        }

        pub fn load(&self, order: Ordering) -> u32 {
            self.0.load(order)
        }

        pub fn compare_exchange(
            &self,
            current: u32,
            new: u32,
            success: Ordering,
            failure: Ordering,
        ) -> Result<u32, u32> {
            self.0.compare_exchange(current, new, success, failure)
        }

        pub fn swap(&self, value: u32, order: Ordering) -> u32 {
            let before = self.0.load(Ordering::Relaxed);
            self.0.store(value, order);
            before
        }
    }
}

#[path = "../../src/hot_team/slot.rs"]
pub mod slot;
