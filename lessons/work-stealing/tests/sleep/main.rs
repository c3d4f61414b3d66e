//! The part of the scheduler that can hang, tried in every order of its steps.
//!
//! A stress test meets the orders that the machine happens to choose. Loom runs a small program again
//! and again, each time in another order, and lets every read see every value that the memory model
//! allows. Here it runs `src/sleep.rs` itself, the file and not a copy, on loom's locks and atomics. A
//! lost wake-up is a program in which everybody sleeps: loom calls it a deadlock and panics.
//!
//! What the models do not cover:
//!
//! - the deques of the crate crossbeam-deque: a simple line of tasks stands in for them;
//! - more than three threads, two tasks and two sums, or, where a model names a bound, orders that
//!   interrupt running threads more often than that;
//! - the 300 us for which a worker looks before it lies down: here it lies down at once;
//! - a worker that wakes for nothing, and a system that wakes the worker first that was parked last: loom's
//!   condition variable does neither. `work` looks again after every sleep, so both are harmless;
//! - panics of tasks: these are in `tests/deques.rs`;
//! - orders that depend on `SeqCst` on single reads and writes: loom takes them for weaker than they
//!   are. That can only make it complain too often. The fences it takes for what they are.

#![expect(clippy::duplicate_mod, reason = "one file on two kinds of fences")]

mod careless;
mod checked;
mod fenceless;
mod pool;

use careless::{Careless, Fault};
use pool::{Parking, Pool, model};

/// Idle workers, and one who brings tasks and then only waits for them.
fn a_bringer_that_waits<P: Parking>(sleep: fn() -> P, helpers: usize, bound: Option<usize>) {
    model(bound, move || {
        let pool = Pool::new(sleep(), 1, helpers);
        let threads = (1..=helpers).map(|number| pool.helper(number)).collect();
        pool.bring(0, helpers);
        pool.wait();
        pool.end(threads);
    });
}

/// As in a real sum: the caller works, too, and whoever takes the first task brings the others.
fn a_bringer_that_works<P: Parking>(sleep: fn() -> P, helpers: usize, bound: Option<usize>) {
    model(bound, move || {
        let pool = Pool::new(sleep(), helpers + 1, 2);
        let threads = (1..=helpers).map(|number| pool.helper(number)).collect();
        pool.sum();
        pool.end(threads);
    });
}

/// Two sums one after the other: between them everybody may have lain down.
fn a_pool_that_is_used_again<P: Parking>(sleep: fn() -> P, bound: Option<usize>) {
    model(bound, move || {
        let pool = Pool::new(sleep(), 1, 1);
        let threads = vec![pool.helper(1)];
        pool.bring(0, 1);
        pool.wait();
        pool.begin_again();
        pool.bring(0, 1);
        pool.wait();
        pool.end(threads);
    });
}

/// Nothing to do, and then the pool is closed.
fn idle_workers_go_home<P: Parking>(sleep: fn() -> P, bound: Option<usize>) {
    model(bound, move || {
        let pool = Pool::new(sleep(), 1, 0);
        let threads = (1..=2).map(|number| pool.helper(number)).collect();
        pool.end(threads);
    });
}

/// Whether the checker finds that `models` can hang.
fn hangs(models: impl FnOnce()) -> bool {
    testkit::models::finds("deadlock", models)
}

testkit::models! {
    fn a_task_that_was_brought_is_taken() {
        a_bringer_that_waits(checked::Sleep::default, 1, None);
    }

    fn two_tasks_are_taken_by_two_parked_workers() {
        a_bringer_that_waits(checked::Sleep::default, 2, Some(2));
    }

    fn the_caller_hears_of_the_last_task_of_another() {
        a_bringer_that_works(checked::Sleep::default, 1, Some(3));
    }

    fn whoever_works_may_bring_work() {
        a_bringer_that_works(checked::Sleep::default, 2, Some(2));
    }

    fn parked_workers_wake_again_for_the_next_sum() {
        a_pool_that_is_used_again(checked::Sleep::default, Some(3));
    }

    fn closing_wakes_every_parked_worker() {
        idle_workers_go_home(checked::Sleep::default, None);
    }

    fn without_fences_a_wake_up_is_lost() {
        assert!(hangs(|| a_bringer_that_waits(fenceless::Sleep::default, 1, None)));
        assert!(hangs(|| idle_workers_go_home(fenceless::Sleep::default, None)));
    }

    fn whoever_counts_in_after_the_look_sleeps_beside_the_work() {
        let careless = || Careless::with(Fault::CountsInAfterTheLook);
        assert!(hangs(|| a_bringer_that_waits(careless, 1, None)));
        assert!(hangs(|| a_bringer_that_works(careless, 1, Some(3))));
    }

    fn a_waker_without_the_lock_comes_between_look_and_wait() {
        assert!(hangs(|| a_bringer_that_waits(|| Careless::with(Fault::WakesWithoutTheLock), 1, None)));
    }

    fn closing_after_waking_leaves_somebody_asleep() {
        assert!(hangs(|| idle_workers_go_home(|| Careless::with(Fault::ClosesAfterWaking), None)));
    }

    /// The careless one without a fault is right: so what was found above are the faults.
    fn without_a_fault_the_careless_one_is_right() {
        a_bringer_that_waits(|| Careless::with(Fault::None), 1, Some(3));
        idle_workers_go_home(|| Careless::with(Fault::None), Some(3));
    }
}
