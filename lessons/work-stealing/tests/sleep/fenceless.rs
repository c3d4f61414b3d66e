//! The same file with fences that do nothing.

pub mod sync {
    pub use loom::sync::{Condvar, Mutex, MutexGuard};

    pub mod atomic {
        pub use loom::sync::atomic::{AtomicBool, AtomicUsize};

        pub fn fence(_: std::sync::atomic::Ordering) {}
    }
}

#[path = "../../src/sleep.rs"]
mod sleep;

pub use sleep::Sleep;

super::pool::parking!(Sleep);
