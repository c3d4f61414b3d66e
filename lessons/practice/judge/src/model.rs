#![expect(unsafe_code, reason = "a slot hands out what lies in a cell, which loom watches")]

//! Threads, locks and atomics of [loom](https://docs.rs/loom), which runs a small program in every order that its steps
//! may take, with every value that a load may see: also those that a processor of this kind never shows.
//!
//! An exercise on orderings uses these in the place of those in `std`; the names are the same.

use std::time::Duration;

pub use loom::hint;
pub use loom::sync;
pub use loom::thread;

use loom::cell::UnsafeCell;

use crate::panics;

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

/// No longer than this; small programs need milliseconds.
const LONGEST: Duration = Duration::from_secs(4);

/// Runs `program` in every order; in words, what was wrong in one of them.
pub(crate) fn check(program: impl Fn() + Send + Sync + 'static) -> Result<(), String> {
    // ANCHOR: model
    let mut model = loom::model::Builder::new();
    model.preemption_bound = Some(INTERRUPTIONS);
    model.max_branches = MOST_STEPS;
    model.max_duration = Some(LONGEST);
    // ANCHOR_END: model
    panics::said_by(in_words);
    let checked = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| model.check(program)));
    checked.map_err(|_| panics::first().unwrap_or_default())
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
        "somebody goes round in circles: a loop that waits has to call `yield_now`, and what it waits for has to \
         come"
            .to_owned()
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

    #[test]
    fn a_race_is_told_and_its_absence() {
        panics::keep();
        assert_eq!(handed_over(Ordering::Release, Ordering::Acquire), Ok(()));
        let race = handed_over(Ordering::Relaxed, Ordering::Acquire).expect_err("it is a race");
        assert!(race.starts_with("a data race"), "{race}");
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
