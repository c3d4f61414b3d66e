//! # A channel for one value
//!
//! A value waits, and two threads come for it at once. How does only one of them get it?
//!
//! To look whether it is there and to take it are two steps, and between them the other may look, too. The look
//! itself has to be what takes it: one atomic operation that says "it is there" to one thread only, and to everybody
//! after that "it is gone". Such a channel, with a way to sleep, is what a `join` handle and a future are made of.
//!
//! Counts: in every order of steps one thread gets the value, and all others get `None`; nobody is at the value while
//! somebody else is.
//!
//! Read: [threads, `atomic`](../../../threads/README.md), [work-stealing, loom](../../../work-stealing/README.md#why)

use judge::model::Slot;
use judge::model::sync::atomic::{AtomicBool, Ordering};

/// One value on its way from one thread to another.
pub struct OneShot<T> {
    value: Slot<T>,
    full: AtomicBool,
}

impl<T> OneShot<T> {
    pub fn new() -> Self {
        OneShot { value: Slot::empty(), full: AtomicBool::new(false) }
    }

    /// Sends the value; to be called once.
    pub fn send(&self, value: T) {
        self.value.put(value);
        let was_full = self.full.swap(true, Ordering::Release);
        assert!(!was_full, "only one value can be sent");
    }

    /// The value, if it is there, and nobody has it yet. Does not wait.
    pub fn try_receive(&self) -> Option<T> {
        // HOLE
        // One step: nobody else sees the `true` that was swapped out. Acquire, since the value was
        // put before it.
        if self.full.swap(false, Ordering::Acquire) { self.value.take() } else { None }
        // SKELETON stress: a data race
        //| if self.full.load(Ordering::Acquire) {
        //|     let value = self.value.take();
        //|     self.full.store(false, Ordering::Relaxed);
        //|     value
        //| } else {
        //|     None
        //| }
        // WRONG stress: nobody received
        //| let full = self.full.load(Ordering::Acquire);
        //| self.full.store(false, Ordering::Relaxed);
        //| if full { self.value.take() } else { None }
        // WRONG stress: a data race
        //| if self.full.swap(false, Ordering::Relaxed) { self.value.take() } else { None }
        // WRONG stress: goes round in circles
        //| while !self.full.swap(false, Ordering::Acquire) {}
        //| self.value.take()
        // END
    }
}

// HINT Look through the methods of AtomicBool for one that stores, and says what was there before.
// HINT `swap(false, ...)` gives true to one thread only. Or `compare_exchange(true, false, ...)`.
// HINT The ordering is that of a load which has to see what was done before the store: `Ordering::Acquire`.
// RULES
/// With one receiver a value may be lost; with two it may be taken twice.
pub fn rules() -> Rules {
    use std::sync::Arc;

    fn channel(receivers: usize) {
        let channel = Arc::new(attempt::OneShot::new());
        let receiving: Vec<_> = (0..receivers)
            .map(|_| {
                let channel = Arc::clone(&channel);
                model::thread::spawn(move || channel.try_receive())
            })
            .collect();
        channel.send(42);
        let mut received: Vec<u64> = receiving
            .into_iter()
            .filter_map(|thread| thread.join().expect("it only looks"))
            .collect();
        received.extend(channel.try_receive());
        received.extend(channel.try_receive());
        assert!(!received.is_empty(), "nobody received what was sent");
        assert!(received.len() == 1, "one value was sent, and {} were received", received.len());
        assert!(received == [42], "42 was sent, and {received:?} received");
    }

    Rules::new().model("one receiver", || channel(1)).model("two receivers", || channel(2))
}
