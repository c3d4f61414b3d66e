#![expect(unsafe_code, reason = "hands out what lies in a cell, which loom watches")]

use loom::cell::UnsafeCell;

/// A place for one value that threads share without a lock. Whoever uses it sees to it that nobody else does at the same
/// time; the model notices where that is not so.
#[derive(Debug)]
pub struct Slot<T>(UnsafeCell<Option<T>>);

// SAFETY: loom runs one thread at a time. Before each access it looks whether the one before is ordered before it by
// what the program synchronised, and panics where it is not; nothing has been read or written then.
unsafe impl<T: Send> Sync for Slot<T> {}

impl<T> Slot<T> {
    /// A slot with nothing in it.
    pub fn empty() -> Self {
        Slot(UnsafeCell::new(None))
    }

    /// Puts a value there.
    pub fn put(&self, value: T) {
        self.0.with_mut(|place| {
            // SAFETY: see above: no other access is under way.
            unsafe { *place = Some(value) }
        });
    }

    /// Takes the value that is there.
    pub fn take(&self) -> Option<T> {
        self.0.with_mut(|place| {
            // SAFETY: see above: no other access is under way.
            unsafe { (*place).take() }
        })
    }

    /// A copy of the value that is there.
    pub fn get(&self) -> Option<T>
    where
        T: Clone,
    {
        self.0.with(|place| {
            // SAFETY: see above: no write is under way.
            unsafe { (*place).clone() }
        })
    }
}
