use std::sync::{Mutex, MutexGuard, PoisonError};

/// The lock's content, also after a thread panicked while it held the lock: what is noted stays.
pub(crate) fn locked<T: ?Sized>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
