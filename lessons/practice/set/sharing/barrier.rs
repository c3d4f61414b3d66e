//! # A barrier that can be used again
//!
//! Nobody may begin the second step before everybody has ended the first. How do workers wait for each other?
//!
//! A barrier counts who has arrived; the last one wakes the others. The first time is easy. But a fast worker may be
//! back at the barrier for the second time when a slow one has not even woken from the first. The count alone cannot
//! tell them apart. What they need is the number of the round, the *generation*: who waits, waits for it to change.
//!
//! Simulations, games and everything on a GPU go in such steps, and wait for the slowest worker in each.
//!
//! Counts: in every order of steps all workers come through the barrier twice, and none before all have arrived. A
//! `wait` at the `Condvar` may also come back without a notification, as that of `std` may.
//!
//! Read: [threads](../../../threads/README.md), [work-stealing, loom](../../../work-stealing/README.md#why)

use judge::model::sync::{Condvar, Mutex};

/// A place where some workers wait for each other, again and again.
pub struct Barrier {
    workers: usize,
    state: Mutex<State>,
    all_here: Condvar,
}

struct State {
    /// How many have arrived in this round.
    arrived: usize,
    /// The number of the round.
    generation: usize,
}

impl Barrier {
    pub fn new(workers: usize) -> Self {
        let state = Mutex::new(State { arrived: 0, generation: 0 });
        Barrier { workers, state, all_here: Condvar::new() }
    }

    /// Waits until all workers have called it.
    pub fn wait(&self) {
        let mut state = self.state.lock().expect("nobody panics in here");
        // HOLE
        state.arrived += 1;
        if state.arrived == self.workers {
            (state.arrived, state.generation) = (0, state.generation + 1);
            self.all_here.notify_all();
        } else {
            let mine = state.generation;
            while state.generation == mine {
                state = self.all_here.wait(state).expect("nobody panics in here");
            }
        }
        // SKELETON stress: the others had not arrived for the second time
        //| state.arrived += 1;
        //| if state.arrived == self.workers {
        //|     self.all_here.notify_all();
        //| }
        //| while state.arrived < self.workers {
        //|     state = self.all_here.wait(state).expect("nobody panics in here");
        //| }
        // WRONG stress: a deadlock
        //| state.arrived += 1;
        //| if state.arrived == self.workers {
        //|     state.arrived = 0;
        //|     self.all_here.notify_all();
        //| } else {
        //|     while state.arrived != 0 {
        //|         state = self.all_here.wait(state).expect("nobody panics in here");
        //|     }
        //| }
        // WRONG stress: a deadlock
        //| state.arrived += 1;
        //| if state.arrived == self.workers {
        //|     (state.arrived, state.generation) = (0, state.generation + 1);
        //|     self.all_here.notify_one();
        //| } else {
        //|     let mine = state.generation;
        //|     while state.generation == mine {
        //|         state = self.all_here.wait(state).expect("nobody panics in here");
        //|     }
        //| }
        // WRONG stress: the others had not arrived for the first time
        //| state.arrived += 1;
        //| if state.arrived == self.workers {
        //|     (state.arrived, state.generation) = (0, state.generation + 1);
        //|     self.all_here.notify_all();
        //| }
        //| let mine = state.generation;
        //| while state.generation == mine && mine > 0 {
        //|     state = self.all_here.wait(state).expect("nobody panics in here");
        //| }
        // WRONG stress: come back once without a notification
        //| state.arrived += 1;
        //| if state.arrived == self.workers {
        //|     (state.arrived, state.generation) = (0, state.generation + 1);
        //|     self.all_here.notify_all();
        //| } else {
        //|     let _ = self.all_here.wait(state).expect("nobody panics in here");
        //| }
        // WRONG stress: a deadlock
        //| state.arrived += 1;
        //| if state.arrived == self.workers {
        //|     (state.arrived, state.generation) = (0, state.generation + 1);
        //|     self.all_here.notify_one();
        //|     self.all_here.notify_one();
        //| } else {
        //|     let mine = state.generation;
        //|     while state.generation == mine {
        //|         state = self.all_here.wait(state).expect("nobody panics in here");
        //|     }
        //| }
        // END
    }
}

// HINT Who is the last? It sets the count back and wakes the others, and need not wait itself.
// HINT A worker that waits cannot ask for the count: the next round may have changed it already. It can ask whether
// the round is still its own.
// HINT Keep `let mine = state.generation;` before you wait, and wait while `state.generation == mine`. The last one
// adds 1 to it, and calls `notify_all`.
// RULES
/// Two workers meet twice; three meet once, and four, so that one has to wake several.
pub fn rules() -> Rules {
    use std::sync::Arc;

    fn meet(workers: usize, rounds: usize) {
        model::interruptions(4 - workers);
        // Not those of the model, which would be more steps to try: one thread runs at a time.
        use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};

        let barrier = Arc::new(attempt::Barrier::new(workers));
        let arrived = Arc::new(AtomicUsize::new(0));
        let work = move |barrier: &attempt::Barrier, arrived: &AtomicUsize| {
            for round in 1..=rounds {
                arrived.fetch_add(1, SeqCst);
                barrier.wait();
                assert!(
                    arrived.load(SeqCst) >= round * workers,
                    "a worker came through the barrier, and the others had not arrived for the {} \
                     time",
                    ["first", "second"][round - 1]
                );
            }
        };
        for _ in 1..workers {
            let (barrier, arrived) = (Arc::clone(&barrier), Arc::clone(&arrived));
            model::thread::spawn(move || work(&barrier, &arrived));
        }
        work(&barrier, &arrived);
    }

    Rules::new()
        .model("two workers, twice", || meet(2, 2))
        .model("three workers, once", || meet(3, 1))
        .model("four workers, once", || meet(4, 1))
}
