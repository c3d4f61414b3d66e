//! # A lock that is gone too soon
//!
//! The total lies in a `Mutex`, and every access takes the lock. Why is the sum still too small once in a while?
//!
//! `*total.lock().unwrap()` copies the number and gives the lock back at the end of the statement. What is computed
//! from the copy is stored under the lock again, but that is another time. In between others came and went. Each
//! access is safe, and the update is not: a lock protects what happens while it is held, and nothing else.
//!
//! Tools that look for data races find nothing here, since no two threads are at the number at the same time. It is a
//! race condition all the same.
//!
//! Counts: the sum is right, also when threads are disturbed in the worst places; at least two of three workers are
//! busy.
//!
//! Read: [faults, a lost update](../../../faults/README.md#why), [race and deadlock](../../../threads/races.md)

use std::thread;

use judge::{Mutex, Terms};

/// The sum of all terms: each worker adds each of its blocks to the total as soon as it has it.
pub fn sum(terms: &Terms, workers: usize) -> u64 {
    let total = Mutex::named("the lock of the total", 0);
    let (count, workers) = (terms.count(), workers as u64);
    let border = |number: u64| count * number / workers;
    thread::scope(|scope| {
        for number in 0..workers {
            let total = &total;
            scope.spawn(move || {
                let (start, end) = (border(number), border(number + 1));
                let middle = start + (end - start) / 2;
                for block in [start..middle, middle..end] {
                    // HOLE
                    let partial = terms.sum(block);
                    // One guard over both steps, the load and the store.
                    let mut total = total.lock().expect("nobody panics while adding");
                    *total += partial;
                    // SKELETON stress: a race condition
                    //| let before = *total.lock().expect("nobody panics while adding");
                    //| let after = before + terms.sum(block);
                    //| *total.lock().expect("nobody panics while adding") = after;
                    // WRONG ends: which it holds itself
                    //| let partial = terms.sum(block);
                    //| let before = total.lock().expect("nobody panics while adding");
                    //| *total.lock().expect("nobody panics while adding") = *before + partial;
                    // WRONG right: too small
                    //| let partial = terms.sum(block);
                    //| let mut total = *total.lock().expect("nobody panics while adding");
                    //| total += partial;
                    // WRONG stress: a race condition
                    //| let mut guard = total.lock().expect("nobody panics while adding");
                    //| let before = *guard;
                    //| drop(guard);
                    //| let after = before + terms.sum(block);
                    //| guard = total.lock().expect("nobody panics while adding");
                    //| *guard = after;
                    // END
                }
            });
        }
    });
    total.into_inner().expect("nobody panicked while adding")
}

// HINT Where does the guard live? Without a name it is dropped at the end of its statement.
// HINT Give the guard a name, and do both through it: read what is there, and write what it becomes. Sum the block
// before you take the lock, or nobody else gets on meanwhile.
// HINT `let mut total = total.lock().expect(...);` and then `*total += partial;`.
// RULES
/// A way to share terms.
pub fn rules() -> Rules {
    strategy!(sum).alone_at_first().rule(Rule::BusyWorkers(2)).into()
}
