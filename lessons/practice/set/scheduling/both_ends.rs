//! # From both ends
//!
//! Two workers go towards each other until they meet. How is nothing summed twice in the middle?
//!
//! Two workers of different speed, such as a fast core and a slow one, need no cut in advance: one begins at the
//! front, the other at the back, and where they meet is the right cut. Each of them stays in memory that it has to
//! itself, nearly to the end. What is left between them is one range, which both make shorter. To look at it, to take
//! from it and to write it back has to be one step.
//!
//! Counts: `take` takes `size` terms from the end that it is told, and what is left where that is less; no term is
//! taken twice, also if several threads take at once; both workers are busy, and neither for more than 1.5 times
//! the mean. Later terms cost more here.
//!
//! Read: [threads, what a lock costs](../../../threads/README.md),
//! [work-stealing, a deque has two ends](../../../work-stealing/README.md)

use std::ops::Range;
use std::thread;

use judge::{Mutex, Terms};

/// Where a worker takes its blocks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    Front,
    Back,
}

/// Takes a block of `size` terms, or of all that are left, from one end of `rest`; `None` where none are left.
pub fn take(rest: &Mutex<Range<u64>>, size: u64, end: End) -> Option<Range<u64>> {
    // HOLE
    let mut rest = rest.lock().expect("nobody panics while holding it");
    let size = size.min(rest.end - rest.start);
    let block = match end {
        End::Front => rest.start..rest.start + size,
        End::Back => rest.end - size..rest.end,
    };
    match end {
        End::Front => rest.start = block.end,
        End::Back => rest.end = block.start,
    }
    (!block.is_empty()).then_some(block)
    // SKELETON right: gives 4..8; 4..6 is right
    //| let mut rest = rest.lock().expect("nobody panics while holding it");
    //| if rest.is_empty() {
    //|     return None;
    //| }
    //| Some(match end {
    //|     End::Front => {
    //|         rest.start += size;
    //|         rest.start - size..rest.start
    //|     }
    //|     End::Back => {
    //|         rest.end = rest.end.saturating_sub(size);
    //|         rest.end..rest.end + size
    //|     }
    //| })
    // WRONG stress: a race condition
    //| let (start, stop) = {
    //|     let rest = rest.lock().expect("nobody panics while holding it");
    //|     (rest.start, rest.end)
    //| };
    //| let size = size.min(stop - start);
    //| let block = if end == End::Front { start..start + size } else { stop - size..stop };
    //| let left = if end == End::Front { block.end..stop } else { start..block.start };
    //| *rest.lock().expect("nobody panics while holding it") = left;
    //| (!block.is_empty()).then_some(block)
    // WRONG right: gives 4..8; 8..12 is right
    //| let _ = end;
    //| let mut rest = rest.lock().expect("nobody panics while holding it");
    //| let block = rest.start..rest.end.min(rest.start + size);
    //| rest.start = block.end;
    //| (!block.is_empty()).then_some(block)
    // WRONG right: gives nothing
    //| let mut rest = rest.lock().expect("nobody panics while holding it");
    //| if rest.end - rest.start < size {
    //|     return None;
    //| }
    //| Some(match end {
    //|     End::Front => {
    //|         rest.start += size;
    //|         rest.start - size..rest.start
    //|     }
    //|     End::Back => {
    //|         rest.end -= size;
    //|         rest.end..rest.end + size
    //|     }
    //| })
    // END
}

/// The sum of all terms, by two threads however many are wanted.
pub fn sum(terms: &Terms, _workers: usize) -> u64 {
    let rest = Mutex::named("what is left", 0..terms.count());
    let work = |end: End| -> u64 {
        std::iter::from_fn(|| take(&rest, terms.grain(), end)).map(|block| terms.sum(block)).sum()
    };
    thread::scope(|scope| {
        let back = scope.spawn(|| work(End::Back));
        work(End::Front) + back.join().expect("it sums")
    })
}

// HINT What happens to the last block, where fewer than `size` terms are left?
// HINT Make `size` smaller first: `size.min(rest.end - rest.start)`, under the same lock. Then each end is one line.
// RULES
use std::sync::Barrier;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering::Relaxed};
use std::thread;
use std::time::{Duration, Instant};

/// Single blocks; `take` by several threads that do nothing else; a way to share terms that cost more and more.
pub fn rules() -> Rules {
    Rules::new()
        .right("single blocks", |trial| {
            let rest = Mutex::new(0..12);
            let front = (attempt::End::Front, "front");
            let back = (attempt::End::Back, "back");
            let steps =
                [(front, Some(0..4)), (back, Some(8..12)), (front, Some(4..8)), (back, None)];
            one_by_one(trial, &rest, &steps)?;
            // Two terms are left, and four are asked for.
            for end in [front, back] {
                let rest = Mutex::new(0..10);
                one_by_one(
                    trial,
                    &rest,
                    &[(front, Some(0..4)), (back, Some(6..10)), (end, Some(4..6)), (end, None)],
                )?;
            }
            Ok(())
        })
        .stress("several threads that take", many_threads)
        .strategy(
            strategy!(sum)
                .on("primes")
                .terms(500_000)
                .workers(2)
                .rule(Rule::BusyWorkers(2))
                .rule(Rule::Imbalance(1.5)),
        )
}

/// Blocks of four terms, each with what has to come out.
fn one_by_one(
    trial: &Trial,
    rest: &Mutex<std::ops::Range<u64>>,
    steps: &[((attempt::End, &str), Option<std::ops::Range<u64>>)],
) -> Result<(), String> {
    for ((end, name), right) in steps {
        let left = rest.lock().map_err(|_| "a lock is poisoned")?.clone();
        let call = format!("take of 4 terms at the {name}, where {left:?} is left,");
        trial.calling(&call);
        let block = attempt::take(rest, 4, *end);
        let shown = |block: &Option<std::ops::Range<u64>>| {
            block.as_ref().map_or("nothing".to_owned(), |block| format!("{block:?}"))
        };
        ensure!(block == *right, "{call} gives {}; {} is right", shown(&block), shown(right));
    }
    Ok(())
}

/// They may not be given the same term, nor leave one out. On one core a race shows only if a thread is interrupted
/// at the wrong place. So they do little else than take, others wake up all the time, and it goes on until many turns
/// were taken.
fn many_threads(trial: &mut Trial) -> Result<(), String> {
    const COUNT: u64 = 1 << 40;
    trial.calling("take by several threads at once, at both ends");
    let rest = Mutex::new(0..COUNT);
    let (last, turns, done) = (AtomicUsize::new(0), AtomicUsize::new(0), AtomicBool::new(false));
    let (begin, limit) = (Barrier::new(TAKERS), Instant::now() + LONGEST);
    // It gives how many terms it was given.
    let take_all = |me: usize| -> Result<u64, String> {
        let front = me % 2 == 0;
        let (end, name) =
            if front { (attempt::End::Front, "front") } else { (attempt::End::Back, "back") };
        begin.wait();
        let (mut terms, mut before) = (0, if front { 0..0 } else { COUNT..COUNT });
        for number in 1.. {
            let Some(block) = attempt::take(&rest, 2, end) else { break };
            let again = if front { block.start < before.end } else { block.end > before.start };
            if again {
                done.store(true, Relaxed);
                return Err(format!(
                    "a race condition: several threads take, and one at the {name} was given \
                     {before:?} and then {block:?}: what had been taken was back"
                ));
            }
            terms += block.end.saturating_sub(block.start);
            before = block;
            if number % 64 == 0 {
                if last.load(Relaxed) != me {
                    last.store(me, Relaxed);
                    turns.fetch_add(1, Relaxed);
                }
                if done.load(Relaxed) {
                    break;
                }
            }
        }
        Ok(terms)
    };
    let given = thread::scope(|scope| {
        let (take_all, turns, done) = (&take_all, &turns, &done);
        let threads: Vec<_> = (0..TAKERS).map(|me| scope.spawn(move || take_all(me))).collect();
        let disturb = move || {
            while !done.load(Relaxed) && turns.load(Relaxed) < TURNS && Instant::now() < limit {
                thread::sleep(Duration::from_micros(20));
            }
            done.store(true, Relaxed);
        };
        scope.spawn(disturb);
        scope.spawn(disturb);
        threads
            .into_iter()
            .map(|thread| thread.join().unwrap_or_else(|_| Err("take panicked".to_owned())))
            .sum::<Result<u64, String>>()
    })?;
    let left = rest.into_inner().map_err(|_| "a lock is poisoned")?;
    let taken = COUNT - left.end.saturating_sub(left.start);
    ensure!(
        given == taken,
        "a race condition: several threads were given {given} terms in all, and {taken} are taken"
    );
    Ok(())
}

/// So many threads take: half of them at each end.
const TAKERS: usize = 6;

/// So often one thread comes after another, and no longer than this.
const TURNS: usize = 2000;
const LONGEST: Duration = Duration::from_millis(1500);
