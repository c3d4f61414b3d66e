//! The same file, where a turn is passed in two steps.

pub use super::checked::awake;

pub mod sync {
    use std::sync::atomic::Ordering;

    pub use loom::cell::UnsafeCell;
    pub use loom::sync::Arc;
    pub use loom::thread::{Thread, park};

    use crate::faulty::{self, Swap};

    pub type AtomicU32 = faulty::AtomicU32<Torn>;

    pub struct Torn;

    impl Swap for Torn {
        fn swap(number: &loom::sync::atomic::AtomicU32, value: u32, order: Ordering) -> u32 {
            let before = number.load(Ordering::Relaxed);
            number.store(value, order);
            before
        }
    }
}

#[path = "../../src/hot_team/slot.rs"]
pub mod slot;
