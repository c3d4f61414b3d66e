//! # Keep your distance
//!
//! Each worker has a counter of its own. Why do they still slow each other down?
//!
//! A core owns memory not by the byte but by the line, of 64 bytes or of 128. Eight counters of 8 bytes fit in one
//! line; so each addition takes the line away from the core that added before. That is false sharing: the program
//! shares nothing, and the hardware does. Distance helps. 64 bytes are not enough everywhere: Apple's lines have 128,
//! and other processors fetch lines in pairs.
//!
//! Counts: no addition is lost, and any two counters lie at least 128 bytes apart. The times only show what that
//! brings on this machine: nothing, where both workers share a core.
//!
//! Read: [threads, false sharing](../../../threads/README.md)

use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;

/// A counter for one worker.
// HOLE
#[derive(Debug, Default)]
#[repr(align(128))]
pub struct Counter {
    pub value: AtomicU64,
}
// SKELETON how: counters 0 and 1 are 8 bytes apart
//| #[derive(Debug, Default)]
//| pub struct Counter {
//|     pub value: AtomicU64,
//| }
// WRONG how: 64 bytes apart
//| #[derive(Debug, Default)]
//| #[repr(align(64))]
//| pub struct Counter {
//|     pub value: AtomicU64,
//| }
// WRONG how: 16 bytes apart
//| #[derive(Debug, Default)]
//| #[repr(C)]
//| pub struct Counter {
//|     pub value: AtomicU64,
//|     _padding: u64,
//| }
// WRONG how: bytes apart
//| #[derive(Debug, Default)]
//| pub struct Counter {
//|     pub value: Box<AtomicU64>,
//| }
// END

/// One counter for each worker.
pub fn counters(workers: usize) -> Vec<Counter> {
    (0..workers).map(|_| Counter::default()).collect()
}

/// Counts to `times` on each of so many workers, and gives what they have counted together.
pub fn count(workers: usize, times: u64) -> u64 {
    let counters = counters(workers);
    thread::scope(|scope| {
        for counter in &counters {
            scope.spawn(move || {
                for _ in 0..times {
                    counter.value.fetch_add(1, Ordering::Relaxed);
                }
            });
        }
    });
    counters.iter().map(|counter| counter.value.load(Ordering::Relaxed)).sum()
}

// HINT The elements of a Vec lie as far apart as the size of one, and that is a multiple of its alignment.
// HINT An attribute on the type sets the alignment: `#[repr(align(...))]`.
// RULES
/// Where the counters lie.
pub fn rules() -> Rules {
    Rules::new()
        .right("counting", |trial| {
            for (workers, times) in [(1, 1), (3, 1000)] {
                let call = format!("count({workers}, {times})");
                trial.calling(&call);
                let (counted, right) = (attempt::count(workers, times), workers as u64 * times);
                ensure!(counted == right, "{call} is {counted}, and {right} is right");
            }
            Ok(())
        })
        .how("the distance of counters", |trial| {
            trial.calling("counters(9)");
            let counters = attempt::counters(9);
            let address = |value: &std::sync::atomic::AtomicU64| std::ptr::from_ref(value).addr();
            let mut places: Vec<(usize, usize)> = counters
                .iter()
                .enumerate()
                .map(|(number, counter)| (address(&counter.value), number))
                .collect();
            places.sort_unstable();
            for pair in places.windows(2) {
                let ((place, number), (next, other)) = (pair[0], pair[1]);
                let (number, other) = (number.min(other), number.max(other));
                ensure!(
                    next - place >= LINE,
                    "counters {number} and {other} are {} bytes apart; asked for: at least {LINE}",
                    next - place
                );
            }
            Ok(())
        })
        .fast(race())
}

/// The longest line there is, or two of the others.
const LINE: usize = 128;

/// Shows the ratio. Where both workers share a core there is none to be seen, so hardly anything is asked for.
fn race() -> Race {
    const TIMES: u64 = 100_000;
    let runner = |count: fn(usize, u64) -> u64| move |round: usize| count(2, TIMES + round as u64);
    Race::new(0.3, runner(attempt::count), runner(solution::count), runner(skeleton::count))
        .beside("solution")
        .on_several_cores()
}
