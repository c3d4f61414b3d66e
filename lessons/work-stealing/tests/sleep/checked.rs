//! `src/sleep.rs` itself, on the locks and atomics of loom.

pub mod sync {
    pub use loom::sync::{Condvar, Mutex, MutexGuard};

    pub mod atomic {
        pub use loom::sync::atomic::{AtomicBool, AtomicUsize, fence};
    }
}

#[path = "../../src/sleep.rs"]
mod sleep;

pub use sleep::Sleep;

super::pool::parking!(Sleep);
