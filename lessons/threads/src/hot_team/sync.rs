//! What `slot` is made of: here from the standard library.
//!
//! `slot` takes it from the module beside it, so that `tests/slot` can put that of a model checker in its place and
//! check the very same file.

pub use std::sync::Arc;
pub use std::sync::atomic::AtomicU32;
pub use std::thread::{Thread, park};

/// A place that only one thread touches at a time, for which its user vouches.
#[derive(Debug)]
pub struct UnsafeCell<T>(std::cell::UnsafeCell<T>);

impl<T> UnsafeCell<T> {
    /// A place that holds this value.
    pub fn new(value: T) -> Self {
        UnsafeCell(std::cell::UnsafeCell::new(value))
    }

    /// Gives the pointer to `touch`.
    #[inline(always)]
    pub fn with_mut<R>(&self, touch: impl FnOnce(*mut T) -> R) -> R {
        touch(self.0.get())
    }
}
