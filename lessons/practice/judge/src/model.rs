#![expect(unsafe_code, reason = "a slot hands out what lies in a cell, which loom watches")]

//! Threads, locks and atomics of [loom](https://docs.rs/loom), which runs a small program in every order that its steps
//! may take, with every value that a load may see: also those that a processor of this kind never shows.
//!
//! An exercise on orderings uses these in the place of those in `std`; the names are the same.

use std::cell::Cell;
use std::time::{Duration, Instant};

use loom::cell::UnsafeCell;

use crate::{panics, wire};

thread_local! {
    /// Whether somebody has called `yield_now` since the check began. All threads of a model share one thread.
    static YIELDED: Cell<bool> = const { Cell::new(false) };
    /// Whether somebody has waited at a `Condvar`.
    static WAITED: Cell<bool> = const { Cell::new(false) };
    /// How many interruptions are tried at a time.
    static TRIED: Cell<usize> = const { Cell::new(INTERRUPTIONS) };
    /// Whether the first `wait` at each `Condvar` comes back for nothing.
    static FOR_NOTHING: Cell<bool> = const { Cell::new(false) };
}

/// To be called first in a program with many threads: no more interruptions at a time are tried. All orders in which
/// somebody has to wait are.
pub fn interruptions(most: usize) {
    TRIED.set(most);
}

/// Threads.
pub mod thread {
    pub use loom::thread::*;

    /// Lets others get on first; a loop that waits for them has to call it.
    #[track_caller]
    pub fn yield_now() {
        super::YIELDED.set(true);
        loom::thread::yield_now();
    }
}

/// What a loop does while it waits.
pub mod hint {
    pub use loom::hint::*;

    /// Lets others get on first; a loop that waits for them has to call it.
    #[track_caller]
    pub fn spin_loop() {
        super::YIELDED.set(true);
        loom::hint::spin_loop();
    }
}

/// Locks, atomics, and a [`Condvar`](sync::Condvar) that may wake for nothing, as that of `std` may.
pub mod sync {
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
}

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

/// More than so many steps of one thread, and it goes round in circles.
const MOST_STEPS: usize = 5000;

/// So many times a thread may be interrupted where it need not wait: mistakes that take more are rare.
const INTERRUPTIONS: usize = 3;

/// No longer than this, give or take; small programs need milliseconds.
const LONGEST: Duration = Duration::from_secs(3);

/// So many orders are tried before the next look at the clock.
const ORDERS_A_LOOK: usize = 100;

/// Runs `program` in every order; in words, what was wrong in one of them. Where somebody waits at a `Condvar`, it is run
/// again with waits that come back for nothing.
pub(crate) fn check(program: impl Fn() + Send + Sync + 'static) -> Result<(), String> {
    let program = std::sync::Arc::new(program);
    let begin = Instant::now();
    YIELDED.set(false);
    WAITED.set(false);
    TRIED.set(INTERRUPTIONS);
    panics::said_by(told);
    // Once, for what it says of itself; in all orders; and in all orders again, with waits for nothing.
    for (once, for_nothing) in [(true, false), (false, false), (false, true)] {
        if for_nothing && !WAITED.get() {
            break;
        }
        FOR_NOTHING.set(for_nothing);
        let program = std::sync::Arc::clone(&program);
        // ANCHOR: model
        let mut model = loom::model::Builder::new();
        model.preemption_bound = Some(TRIED.get());
        model.max_branches = MOST_STEPS;
        model.max_duration = Some(LONGEST.saturating_sub(begin.elapsed()));
        model.checkpoint_interval = ORDERS_A_LOOK;
        // ANCHOR_END: model
        if once {
            // Loom looks before each order, and begins to count at 1.
            (model.max_permutations, model.checkpoint_interval) = (Some(2), 1);
        }
        let run = std::panic::AssertUnwindSafe(|| model.check(move || program()));
        let checked = std::panic::catch_unwind(run);
        FOR_NOTHING.set(false);
        checked.map_err(|_| panics::first().unwrap_or_default())?;
        // Loom gives up without a word.
        if begin.elapsed() >= LONGEST {
            return Err(at_step(too_many()));
        }
    }
    Ok(())
}

/// What is said where time ran out.
fn too_many() -> String {
    let why = if YIELDED.get() {
        "a loop that waits without `wait` makes them too many"
    } else {
        "each lock and each atomic operation makes them more"
    };
    format!("not all orders of steps could be tried in time: {why}")
}

/// What loom panicked with, as a learner would say it, and at which step of the rules.
fn told(panic: &str) -> String {
    let mut told = in_words(panic);
    if FOR_NOTHING.get() {
        told.push_str("; there, `wait` has come back once without a notification, as it may");
    }
    at_step(told)
}

/// The text, with the name of the step of the rules.
fn at_step(mut text: String) -> String {
    let step = wire::last();
    if !step.is_empty() {
        text = format!("{text} (it was at: {step})");
    }
    text
}

/// What loom panicked with, as a learner would say it.
fn in_words(panic: &str) -> String {
    let has = |part: &str| panic.contains(part);
    if has("deadlock") {
        "a deadlock: there is an order of steps after which everybody waits".to_owned()
    } else if has("Causality violation") || has("Concurrent") {
        "a data race: there is an order of steps in which two threads are at the same value, and nothing that they \
         did before puts one of them first"
            .to_owned()
    } else if has("exceeded maximum number of branches") {
        let why = if YIELDED.get() {
            "what it waits for does not come, or not soon: a loop that waits is not tried to its end here, so wait at a \
             `Condvar`, if there is one"
        } else {
            "a loop that waits has to call `yield_now` of the model, and what it waits for has to come"
        };
        format!("somebody goes round in circles: {why}")
    } else if has("leaked") {
        "something is never given back: an Arc lives on after everybody has ended".to_owned()
    } else {
        format!("there is an order of steps in which {}", said(panic))
    }
}

/// A panic of the attempt, with its place. What the rules assert says it all, and their place helps nobody.
fn said(panic: &str) -> &str {
    let of_rules = panic.split_once("rules.rs:").and_then(|(_, rest)| rest.splitn(3, ':').nth(2));
    of_rules.map_or(panic, str::trim)
}

#[cfg(test)]
mod tests {
    use super::sync::Arc;
    use super::sync::atomic::{AtomicBool, Ordering};
    use super::*;

    /// Hands a value over by a flag with these orderings.
    fn handed_over(store: Ordering, load: Ordering) -> Result<(), String> {
        check(move || {
            let shared = Arc::new((AtomicBool::new(false), Slot::empty()));
            let theirs = Arc::clone(&shared);
            let sender = thread::spawn(move || {
                theirs.1.put(7);
                theirs.0.store(true, store);
            });
            if shared.0.load(load) {
                assert_eq!(shared.1.take(), Some(7));
            }
            sender.join().expect("it ends");
        })
    }

    /// Waits once for a flag that somebody raises.
    fn waited(again: bool) -> Result<(), String> {
        check(move || {
            let shared = std::sync::Arc::new((sync::Mutex::new(false), sync::Condvar::new()));
            let theirs = std::sync::Arc::clone(&shared);
            thread::spawn(move || {
                *theirs.0.lock().expect("never poisoned") = true;
                theirs.1.notify_one();
            });
            let mut guard = shared.0.lock().expect("never poisoned");
            if again {
                guard = shared.1.wait_while(guard, |raised| !*raised).expect("never poisoned");
            } else if !*guard {
                guard = shared.1.wait(guard).expect("never poisoned");
            }
            let raised = *guard;
            drop(guard);
            assert!(raised, "too early");
        })
    }

    // One test: the first panic is kept for all threads of the process.
    #[test]
    fn what_is_wrong_in_one_order_is_told_and_its_absence() {
        panics::keep();
        assert_eq!(handed_over(Ordering::Release, Ordering::Acquire), Ok(()));
        let race = handed_over(Ordering::Relaxed, Ordering::Acquire).expect_err("it is a race");
        assert!(race.starts_with("a data race"), "{race}");
        panics::forget();
        assert_eq!(waited(true), Ok(()));
        let early = waited(false).expect_err("it does not look again");
        assert!(early.contains("too early; there, `wait` has come back once"), "{early}");
    }

    #[test]
    fn a_loop_that_lets_nobody_else_on_is_told_apart() {
        let circles = "exceeded maximum number of branches";
        YIELDED.set(false);
        assert!(in_words(circles).contains("has to call `yield_now`"));
        YIELDED.set(true);
        assert!(in_words(circles).contains("wait at a `Condvar`"));
    }

    #[test]
    fn an_assertion_of_the_rules_is_said_without_its_place() {
        assert_eq!(
            in_words("it panicked at target/rules.rs:18:9: wait() came back: too early"),
            "there is an order of steps in which wait() came back: too early"
        );
        assert_eq!(
            in_words("it panicked at target/yours.rs:7:5: it is empty"),
            "there is an order of steps in which it panicked at target/yours.rs:7:5: it is empty"
        );
    }
}
