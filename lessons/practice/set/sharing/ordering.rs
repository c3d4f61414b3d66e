//! # First the value, then the flag
//!
//! A worker puts down its sum and raises a flag. May whoever sees the flag read the sum?
//!
//! Not with `Relaxed`: it promises that a flag is seen whole, and nothing about what was written before it. Compilers
//! and processors move such writes past each other. On x86-64 the processor does not, so the mistake sleeps there
//! until the program runs on a phone.
//!
//! What orders two threads is a pair: a store with `Release`, and a load with `Acquire` that sees it. All that was
//! done before the one comes before all that is done after the other. The threads of the model, which the judge runs,
//! keep to what the orderings promise, and not to what a processor of one kind happens to do.
//!
//! Counts: in no order of steps are two threads at the value at the same time; whoever waits gets the value.
//!
//! Read: [threads, `atomic`](../../../threads/README.md), [work-stealing, loom](../../../work-stealing/README.md#why)

use judge::model::Slot;
use judge::model::sync::atomic::{AtomicBool, Ordering};
use judge::model::thread;

/// A sum that one thread finds and another waits for.
pub struct Promise {
    /// A place without a lock.
    sum: Slot<u64>,
    there: AtomicBool,
}

impl Promise {
    pub fn new() -> Self {
        Promise { sum: Slot::empty(), there: AtomicBool::new(false) }
    }

    // HOLE
    /// Puts the sum there; to be called once.
    pub fn keep(&self, sum: u64) {
        self.sum.put(sum);
        // Release: the sum is put there before the flag.
        self.there.store(true, Ordering::Release);
    }

    /// Waits for the sum.
    pub fn wait(&self) -> u64 {
        // Acquire: the sum is read after the flag.
        while !self.there.load(Ordering::Acquire) {
            thread::yield_now();
        }
        self.sum.get().expect("it was put there before the flag")
    }
    // SKELETON stress: a data race
    //| /// Puts the sum there; to be called once.
    //| pub fn keep(&self, sum: u64) {
    //|     self.sum.put(sum);
    //|     self.there.store(true, Ordering::Relaxed);
    //| }
    //|
    //| /// Waits for the sum.
    //| pub fn wait(&self) -> u64 {
    //|     while !self.there.load(Ordering::Relaxed) {
    //|         thread::yield_now();
    //|     }
    //|     self.sum.get().expect("it was put there before the flag")
    //| }
    // WRONG stress: a data race
    //| pub fn keep(&self, sum: u64) {
    //|     self.sum.put(sum);
    //|     self.there.store(true, Ordering::Release);
    //| }
    //|
    //| pub fn wait(&self) -> u64 {
    //|     while !self.there.load(Ordering::Relaxed) {
    //|         thread::yield_now();
    //|     }
    //|     self.sum.get().expect("it was put there before the flag")
    //| }
    // WRONG stress: a data race
    //| pub fn keep(&self, sum: u64) {
    //|     self.there.store(true, Ordering::Release);
    //|     self.sum.put(sum);
    //| }
    //|
    //| pub fn wait(&self) -> u64 {
    //|     while !self.there.load(Ordering::Acquire) {
    //|         thread::yield_now();
    //|     }
    //|     self.sum.get().expect("it was put there before the flag")
    //| }
    // WRONG stress: goes round in circles
    //| pub fn keep(&self, sum: u64) {
    //|     self.sum.put(sum);
    //|     self.there.store(true, Ordering::Release);
    //| }
    //|
    //| pub fn wait(&self) -> u64 {
    //|     while !self.there.load(Ordering::Acquire) {}
    //|     self.sum.get().expect("it was put there before the flag")
    //| }
    // WRONG stress: wait() is 42, and 1000007 was put there
    //| pub fn keep(&self, sum: u64) {
    //|     self.sum.put(sum);
    //|     self.there.store(true, Ordering::Release);
    //| }
    //|
    //| pub fn wait(&self) -> u64 {
    //|     while !self.there.load(Ordering::Acquire) {
    //|         thread::yield_now();
    //|     }
    //|     42
    //| }
    // END
}

// HINT The order of the lines is right already. What is missing is the promise that another thread sees them in it.
// HINT It takes both sides: who stores says "what I did before belongs to this", who loads says "I want that, too".
// HINT `Ordering::Release` for the store, `Ordering::Acquire` for the load.
// RULES
/// One thread keeps the promise, another waits.
pub fn rules() -> Rules {
    use std::sync::Arc;

    fn promise(right: u64) {
        let promise = Arc::new(attempt::Promise::new());
        let theirs = Arc::clone(&promise);
        let worker = model::thread::spawn(move || theirs.keep(right));
        let sum = promise.wait();
        assert!(sum == right, "wait() is {sum}, and {right} was put there");
        worker.join().expect("it only puts a number there");
    }

    Rules::new()
        .model("one keeps it, one waits", || promise(42))
        .model("the same with another sum", || promise(1_000_007))
}
