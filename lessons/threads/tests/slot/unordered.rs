//! The same file, where a turn is passed without an order.

pub use super::checked::awake;

pub mod sync {
    use std::sync::atomic::Ordering;

    pub use loom::cell::UnsafeCell;
    pub use loom::sync::Arc;
    pub use loom::thread::{Thread, park};

    use crate::faulty::{self, Swap};

    pub type AtomicU32 = faulty::AtomicU32<Unordered>;

    pub struct Unordered;

    impl Swap for Unordered {
        fn swap(number: &loom::sync::atomic::AtomicU32, value: u32, _: Ordering) -> u32 {
            number.swap(value, Ordering::Relaxed)
        }
    }
}

#[path = "../../src/hot_team/slot.rs"]
pub mod slot;
