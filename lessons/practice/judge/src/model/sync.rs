//! Locks, atomics, and a [`Condvar`] that may wake for nothing, as that of `std` may.

use std::ops::{Deref, DerefMut};
use std::sync::atomic::{AtomicBool, Ordering::Relaxed};
use std::sync::{PoisonError, TryLockError};
use std::time::Duration;

use super::{FOR_NOTHING, WAITED};

pub use loom::sync::*;

/// Loom's, whose guard knows where it is from.
#[derive(Debug, Default)]
pub struct Mutex<T: ?Sized>(loom::sync::Mutex<T>);

/// Who holds a [`Mutex`]; gives it back when dropped.
#[derive(Debug)]
pub struct MutexGuard<'a, T: ?Sized> {
    mutex: &'a Mutex<T>,
    guard: loom::sync::MutexGuard<'a, T>,
}

impl<T> Mutex<T> {
    /// A lock around `value`.
    pub fn new(value: T) -> Self {
        Mutex(loom::sync::Mutex::new(value))
    }

    /// The value, without the lock.
    ///
    /// # Errors
    ///
    /// Never: no lock of a model is poisoned.
    pub fn into_inner(self) -> LockResult<T> {
        self.0.into_inner()
    }
}

impl<T> From<T> for Mutex<T> {
    fn from(value: T) -> Self {
        Mutex::new(value)
    }
}

impl<T: ?Sized> Mutex<T> {
    /// Waits until nobody holds the lock, and takes it.
    ///
    /// # Errors
    ///
    /// Never: no lock of a model is poisoned.
    #[track_caller]
    pub fn lock(&self) -> LockResult<MutexGuard<'_, T>> {
        Ok(self.guarded(self.0.lock().unwrap_or_else(PoisonError::into_inner)))
    }

    /// Takes the lock if nobody holds it.
    ///
    /// # Errors
    ///
    /// Where somebody holds it.
    #[track_caller]
    pub fn try_lock(&self) -> TryLockResult<MutexGuard<'_, T>> {
        match self.0.try_lock() {
            Ok(guard) => Ok(self.guarded(guard)),
            Err(_) => Err(TryLockError::WouldBlock),
        }
    }

    /// The value, which nobody else can see.
    ///
    /// # Errors
    ///
    /// Never: no lock of a model is poisoned.
    pub fn get_mut(&mut self) -> LockResult<&mut T> {
        self.0.get_mut()
    }

    fn guarded<'a>(&'a self, guard: loom::sync::MutexGuard<'a, T>) -> MutexGuard<'a, T> {
        MutexGuard { mutex: self, guard }
    }
}

impl<T: ?Sized> Deref for MutexGuard<'_, T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.guard
    }
}

impl<T: ?Sized> DerefMut for MutexGuard<'_, T> {
    fn deref_mut(&mut self) -> &mut T {
        &mut self.guard
    }
}

/// Loom's, at which the first `wait` comes back for nothing in one half of a check.
#[derive(Debug, Default)]
pub struct Condvar {
    inner: loom::sync::Condvar,
    woke_for_nothing: AtomicBool,
}

/// Whether a wait ended because of the time. In a model no time passes: it is over at once, or never.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WaitTimeoutResult(bool);

impl WaitTimeoutResult {
    /// Whether it did.
    pub fn timed_out(&self) -> bool {
        self.0
    }
}

impl Condvar {
    /// One at which nobody waits.
    pub fn new() -> Self {
        Condvar::default()
    }

    /// Lets go of the lock and waits for a notification, or comes back for nothing.
    ///
    /// # Errors
    ///
    /// Never: no lock of a model is poisoned.
    #[track_caller]
    pub fn wait<'a, T>(&self, guard: MutexGuard<'a, T>) -> LockResult<MutexGuard<'a, T>> {
        self.waited(guard).map(|(guard, _)| guard).map_err(|poisoned| {
            let (guard, _) = poisoned.into_inner();
            PoisonError::new(guard)
        })
    }

    /// Waits as long as `condition` holds.
    ///
    /// # Errors
    ///
    /// Never: no lock of a model is poisoned.
    #[track_caller]
    pub fn wait_while<'a, T>(
        &self,
        mut guard: MutexGuard<'a, T>,
        mut condition: impl FnMut(&mut T) -> bool,
    ) -> LockResult<MutexGuard<'a, T>> {
        while condition(&mut guard) {
            guard = self.wait(guard)?;
        }
        Ok(guard)
    }

    /// Waits for a notification, or until the time is over.
    ///
    /// # Errors
    ///
    /// Never: no lock of a model is poisoned.
    #[track_caller]
    pub fn wait_timeout<'a, T>(
        &self,
        guard: MutexGuard<'a, T>,
        _time: Duration,
    ) -> LockResult<(MutexGuard<'a, T>, WaitTimeoutResult)> {
        self.waited(guard)
    }

    /// Wakes one of those that wait.
    #[track_caller]
    pub fn notify_one(&self) {
        self.inner.notify_one();
    }

    /// Wakes all that wait.
    #[track_caller]
    pub fn notify_all(&self) {
        self.inner.notify_all();
    }

    /// The guard, and whether it is back for nothing.
    #[track_caller]
    fn waited<'a, T>(
        &self,
        guard: MutexGuard<'a, T>,
    ) -> LockResult<(MutexGuard<'a, T>, WaitTimeoutResult)> {
        WAITED.set(true);
        let MutexGuard { mutex, guard } = guard;
        let for_nothing = FOR_NOTHING.get() && !self.woke_for_nothing.swap(true, Relaxed);
        let guard = if for_nothing {
            drop(guard);
            mutex.0.lock()
        } else {
            self.inner.wait(guard)
        };
        let guard = mutex.guarded(guard.unwrap_or_else(PoisonError::into_inner));
        Ok((guard, WaitTimeoutResult(for_nothing)))
    }
}
