//! # Help yourself
//!
//! A worker is done, and others are not. How does it get work without a queue that all of them share?
//!
//! Each worker has a deque of blocks, behind a lock of its own. It takes from the front; an idle one takes from the
//! back of somebody else's. So workers meet only when there is a reason, and as long as all of them are busy, nobody
//! waits. The danger is the second lock: a worker that holds its own while it looks into another deque may wait for
//! one that does the same.
//!
//! Counts: each block is summed once; nobody waits for a lock while holding another; idle workers take from others,
//! and say so by `terms.stole()`; at least two are busy, and none for more than 1.5 times the mean. Later terms cost
//! more here, so whoever has the first range is done first.
//!
//! Read: [work-stealing](../../../work-stealing/README.md)

use std::collections::VecDeque;
use std::ops::Range;
use std::thread;

use judge::{Mutex, Terms};

pub type Deque = Mutex<VecDeque<Range<u64>>>;

/// The next block for worker `me`: its own, or else one of another's; `None` where all deques are empty.
pub fn next(me: usize, deques: &[Deque], terms: &Terms) -> Option<Range<u64>> {
    // HOLE
    // A statement of its own: the lock is given back before another is taken.
    let own = deques[me].lock().expect("nobody panics while holding it").pop_front();
    if own.is_some() {
        return own;
    }
    let victims = (1..deques.len()).map(|distance| &deques[(me + distance) % deques.len()]);
    let stolen = victims
        .filter_map(|victim| victim.lock().expect("nobody panics while holding it").pop_back())
        .next()?;
    terms.stole();
    Some(stolen)
    // SKELETON how: work was taken from others 0 times
    //| let _ = terms;
    //| deques[me].lock().expect("nobody panics while holding it").pop_front()
    // WRONG ends: a deadlock
    //| let mut own = deques[me].lock().expect("nobody panics while holding it");
    //| own.pop_front().or_else(|| {
    //|     let mut victims = (1..deques.len()).map(|distance| &deques[(me + distance) % deques.len()]);
    //|     let stolen = victims.find_map(|victim| {
    //|         victim.lock().expect("nobody panics while holding it").pop_back()
    //|     })?;
    //|     terms.stole();
    //|     Some(stolen)
    //| })
    // WRONG ends: which it holds itself
    //| match deques[me].lock().expect("nobody panics while holding it").pop_front() {
    //|     Some(own) => Some(own),
    //|     None => {
    //|         let stolen = deques.iter().find_map(|victim| {
    //|             victim.lock().expect("nobody panics while holding it").pop_back()
    //|         })?;
    //|         terms.stole();
    //|         Some(stolen)
    //|     }
    //| }
    // END
}

/// The sum of all terms, by so many threads.
pub fn sum(terms: &Terms, workers: usize) -> u64 {
    let (count, ranges) = (terms.count(), workers as u64);
    let border = |number: u64| count * number / ranges;
    let size = terms.grain();
    // Each range in blocks.
    let deque = |number: u64| -> Deque {
        let (start, end) = (border(number), border(number + 1));
        let blocks = (start..end).step_by(size as usize).map(|start| start..end.min(start + size));
        Mutex::named(&format!("deque {number}"), blocks.collect())
    };
    let deques: Vec<Deque> = (0..ranges).map(deque).collect();
    let work = |me: usize| -> u64 {
        std::iter::from_fn(|| next(me, &deques, terms)).map(|block| terms.sum(block)).sum()
    };
    thread::scope(|scope| {
        let work = &work;
        let threads: Vec<_> = (1..workers).map(|me| scope.spawn(move || work(me))).collect();
        work(0) + threads.into_iter().map(|thread| thread.join().expect("it sums")).sum::<u64>()
    })
}

// HINT Go through the other deques, and take from the back of the first that is not empty.
// HINT When does `deques[me].lock()...pop_front()` give its lock back? At the end of the statement. A `match` or an
// `or_else` behind it is still a part of that statement.
// HINT `let own = deques[me].lock()...pop_front();` and only then `if own.is_some() { return own; }` and the others.
// RULES
use std::collections::VecDeque;
use std::sync::atomic::{AtomicBool, Ordering::SeqCst};
use std::thread;
use std::time::Duration;

/// A way to share terms that cost more and more.
pub fn rules() -> Rules {
    static LOOKED: AtomicBool = AtomicBool::new(false);
    let sum = |terms: &Terms, workers| {
        if !LOOKED.swap(true, SeqCst) {
            wait_for_the_second(terms);
        }
        attempt::sum(terms, workers)
    };
    Strategy::new(sum, solution::sum, skeleton::sum)
        .on("primes")
        .terms(500_000)
        .rule(Rule::BusyWorkers(2))
        .rule(Rule::Steals(1))
        .rule(Rule::Imbalance(1.5))
        .into()
}

/// Two workers that steal from each other at the same time are rare on one core. So here the judge is one of them,
/// and takes its time between two locks: this ends unless the other one holds its own lock while it waits.
fn wait_for_the_second(terms: &Terms) {
    for _ in 0..5 {
        let deques: Vec<attempt::Deque> = (0..2)
            .map(|number| Mutex::named(&format!("deque {number}"), VecDeque::new()))
            .collect();
        let here = AtomicBool::new(false);
        thread::scope(|scope| {
            let second = deques[1].lock().expect("nobody panics while holding it");
            scope.spawn(|| {
                here.store(true, SeqCst);
                attempt::next(0, &deques, terms)
            });
            while !here.load(SeqCst) {
                thread::sleep(Duration::from_millis(1));
            }
            thread::sleep(Duration::from_millis(10));
            drop(deques[0].lock().expect("nobody panics while holding it"));
            drop(second);
        });
    }
}
