use std::sync::PoisonError;
use std::sync::atomic::Ordering::{Acquire, Release, SeqCst};

use super::sync::atomic::{AtomicBool, AtomicUsize, fence};
use super::sync::{Condvar, Mutex, MutexGuard};

/// Where idle workers are parked until there is something to do, or until the pool is closed.
///
/// The danger is a lost wake-up: a worker looks, finds nothing, and parks just after another has pushed
/// a task and seen nobody parked. So each does two things in opposite order. The worker that parks counts
/// itself in, *then* looks once more. The producer pushes the task, *then* reads the count. With a
/// `SeqCst` fence between the two steps on both sides, at least one of them sees the other. Closing the
/// pool is such a push, too.
///
/// `tests/sleep` tries this file in every order that a model checker knows, and says what that
/// does not cover.
#[derive(Debug, Default)]
pub struct Sleep {
    parked: AtomicUsize,
    closed: AtomicBool,
    lock: Mutex<()>,
    wake: Condvar,
}

impl Sleep {
    /// Parks the caller until woken, unless `reason_to_stay` is seen after counting in. May wake for nothing.
    // ANCHOR: park
    pub fn unless(&self, reason_to_stay: impl Fn() -> bool) {
        let guard = self.lock();
        self.parked.fetch_add(1, SeqCst);
        fence(SeqCst);
        if !reason_to_stay() {
            // A waker must take the lock, so it cannot come between the look and the wait.
            drop(self.wake.wait(guard).unwrap_or_else(PoisonError::into_inner));
        }
        self.parked.fetch_sub(1, SeqCst);
    }
    // ANCHOR_END: park

    /// Wakes one parked worker, if there is any. To be called after the task was pushed.
    pub fn wake_one(&self) {
        if self.anybody() {
            drop(self.lock());
            self.wake.notify_one();
        }
    }

    /// Wakes every parked worker.
    pub fn wake_all(&self) {
        if self.anybody() {
            drop(self.lock());
            self.wake.notify_all();
        }
    }

    /// Closes the pool: wakes every parked worker, and from here on [`Sleep::is_closed`] is true.
    pub fn close(&self) {
        self.closed.store(true, Release);
        self.wake_all();
    }

    /// Whether the pool is closed, which is a reason to stay awake, and to go home.
    pub fn is_closed(&self) -> bool {
        // Acquire pairs with the Release in `close`: whoever goes home has seen what came before it.
        self.closed.load(Acquire)
    }

    // ANCHOR: wake
    fn anybody(&self) -> bool {
        fence(SeqCst);
        self.parked.load(SeqCst) > 0
    }
    // ANCHOR_END: wake

    fn lock(&self) -> MutexGuard<'_, ()> {
        self.lock.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
