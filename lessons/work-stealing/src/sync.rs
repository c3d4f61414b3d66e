//! The locks and atomics that `sleep` is made of: here those of the standard library.
//!
//! `sleep` takes them from the module beside it, so that `tests/sleep` can put those of a model
//! checker in their place and check the very same file.

pub use std::sync::{Condvar, Mutex, MutexGuard};

pub mod atomic {
    pub use std::sync::atomic::{AtomicBool, AtomicUsize, fence};
}
