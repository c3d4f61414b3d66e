//! # A wake-up that is lost
//!
//! A thread looks whether it has to wait, and then waits. What if it is woken in between?
//!
//! Nothing keeps a notification for later: it wakes those that wait at that moment. Whoever has looked, and does not
//! wait yet, sleeps on, perhaps for ever. A program with this mistake stands still once in a month, on the busiest
//! day.
//!
//! A `Condvar` takes a guard for this reason. It lets go of the lock and begins to wait in one step, so that nobody
//! can come between your look and your sleep, if you look while you hold that same lock.
//!
//! Counts: in every order of steps the one who waits is woken, and comes back when everybody has arrived, not before.
//! A `wait` at the `Condvar` may also come back without a notification, as that of `std` may.
//!
//! Read: [threads](../../../threads/README.md), [work-stealing, loom](../../../work-stealing/README.md#why)

use judge::model::sync::{Condvar, Mutex};

/// Waits for some workers to be done.
pub struct Latch {
    /// How many are not done yet.
    left: Mutex<usize>,
    changed: Condvar,
}

impl Latch {
    pub fn new(workers: usize) -> Self {
        Latch { left: Mutex::new(workers), changed: Condvar::new() }
    }

    /// To be called by each worker when it is done.
    pub fn arrive(&self) {
        *self.left.lock().expect("nobody panics in here") -= 1;
        self.changed.notify_all();
    }

    /// Comes back when all workers are done.
    pub fn wait(&self) {
        // HOLE
        let mut left = self.left.lock().expect("nobody panics in here");
        // Not `if`: it may be woken when only one of several has arrived, or by nobody at all.
        while *left > 0 {
            left = self.changed.wait(left).expect("nobody panics in here");
        }
        // SKELETON stress: a deadlock
        //| while *self.left.lock().expect("nobody panics in here") > 0 {
        //|     let left = self.left.lock().expect("nobody panics in here");
        //|     let _ = self.changed.wait(left).expect("nobody panics in here");
        //| }
        // WRONG stress: was not done yet
        //| let mut left = self.left.lock().expect("nobody panics in here");
        //| if *left > 0 {
        //|     left = self.changed.wait(left).expect("nobody panics in here");
        //| }
        // WRONG stress: goes round in circles
        //| while *self.left.lock().expect("nobody panics in here") > 0 {}
        // WRONG stress: a deadlock
        //| let mut left = self.left.lock().expect("nobody panics in here");
        //| loop {
        //|     left = self.changed.wait(left).expect("nobody panics in here");
        //|     if *left == 0 {
        //|         break;
        //|     }
        //| }
        // WRONG stress: come back once without a notification
        //| // One `if` for each worker.
        //| let mut left = self.left.lock().expect("nobody panics in here");
        //| if *left > 1 {
        //|     left = self.changed.wait(left).expect("nobody panics in here");
        //| }
        //| if *left > 0 {
        //|     left = self.changed.wait(left).expect("nobody panics in here");
        //| }
        // END
    }
}

// HINT The skeleton takes the lock twice. What may happen between the two?
// HINT Take it once, before the loop. `wait` lets go of it while it sleeps, and gives it back to you.
// HINT `left = self.changed.wait(left)` in the loop: the guard goes in and comes out.
// RULES
/// With one worker, where a wake-up can be lost, and with two, which do not arrive together.
pub fn rules() -> Rules {
    fn latch(workers: usize) {
        use std::sync::Arc;
        // Not those of the model, which would be more steps to try: one thread runs at a time.
        use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};

        let latch = Arc::new(attempt::Latch::new(workers));
        let done = Arc::new(AtomicUsize::new(0));
        for _ in 0..workers {
            let (latch, done) = (Arc::clone(&latch), Arc::clone(&done));
            model::thread::spawn(move || {
                done.fetch_add(1, SeqCst);
                latch.arrive();
            });
        }
        latch.wait();
        let done = done.load(SeqCst);
        assert!(
            done == workers,
            "wait() came back, and {} of {workers} workers was not done yet",
            workers - done
        );
    }

    Rules::new().model("one worker", || latch(1)).model("two workers", || latch(2))
}
