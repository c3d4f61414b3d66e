//! Threads, locks and atomics of [loom](https://docs.rs/loom), which runs a small program in every order that its steps
//! may take, with every value that a load may see: also those that a processor of this kind never shows.
//!
//! An exercise on orderings uses these in the place of those in `std`; the names are the same.

pub mod hint;
mod slot;
pub mod sync;
pub mod thread;
mod told;

use std::cell::Cell;
use std::time::{Duration, Instant};

pub use slot::Slot;

use self::told::{IN_SOME_ORDER, at_step, told, too_many};
use crate::panics;

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

/// More than so many steps of one thread, and it goes round in circles.
const MOST_STEPS: usize = 5000;

/// So many times a thread may be interrupted where it need not wait: mistakes that take more are rare.
const INTERRUPTIONS: usize = 3;

/// No longer than this, give or take; small programs need milliseconds.
const LONGEST: Duration = Duration::from_secs(3);

/// So many orders are tried before the next look at the clock.
const ORDERS_A_LOOK: usize = 100;

/// A small program. Not generic: loom is compiled here once, and not with each attempt.
pub(crate) type Program = std::sync::Arc<dyn Fn() + Send + Sync>;

/// Runs `program` in every order; in words, what was wrong in one of them. Where somebody waits at a `Condvar`, it is run
/// again with waits that come back for nothing.
pub(crate) fn check(program: Program) -> Result<(), String> {
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

/// Runs `program`, which has one thread and so one order; in words, what was wrong.
pub(crate) fn alone(program: Program) -> Result<(), String> {
    check(program).map_err(|text| text.replacen(IN_SOME_ORDER, "", 1))
}

#[cfg(test)]
mod tests {
    use super::sync::Arc;
    use super::sync::atomic::{AtomicBool, Ordering};
    use super::*;

    /// Hands a value over by a flag with these orderings.
    fn handed_over(store: Ordering, load: Ordering) -> Result<(), String> {
        check(std::sync::Arc::new(move || {
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
        }))
    }

    /// Waits once for a flag that somebody raises.
    fn waited(again: bool) -> Result<(), String> {
        check(std::sync::Arc::new(move || {
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
        }))
    }

    // One test: the first panic is kept for all threads of the process.
    #[test]
    fn what_is_wrong_in_one_order_is_told_and_its_absence() {
        panics::keep();
        assert_eq!(handed_over(Ordering::Release, Ordering::Acquire), Ok(()));
        let race = handed_over(Ordering::Relaxed, Ordering::Acquire).expect_err("it is a race");
        assert!(race.starts_with("a data race"), "{race}");
        panics::forget();
        let wrong = alone(std::sync::Arc::new(|| panic!("of its own"))).expect_err("it panics");
        assert!(!wrong.contains("order of steps") && wrong.contains("of its own"), "{wrong}");
        panics::forget();
        assert_eq!(waited(true), Ok(()));
        let early = waited(false).expect_err("it does not look again");
        assert!(early.contains("too early; there, `wait` has come back once"), "{early}");
    }
}
