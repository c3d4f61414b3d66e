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
//! taken twice, also if two threads take at the same time; both workers are busy, and neither for more than 1.5 times
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
/// Single blocks; `take` by two threads that do nothing else; a way to share terms that cost more and more.
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
        .stress("two threads that take", two_threads)
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

/// They may not be given the same term, nor leave one out.
fn two_threads(trial: &mut Trial) -> Result<(), String> {
    for _ in 0..50 {
        trial.calling("take by two threads at once");
        let rest = Mutex::new(0..6001);
        let begin = std::sync::Barrier::new(2);
        let take_all = |end| -> Vec<std::ops::Range<u64>> {
            begin.wait();
            std::iter::from_fn(|| attempt::take(&rest, 2, end)).take(10_000).collect()
        };
        let mut blocks = std::thread::scope(|scope| {
            let back = scope.spawn(|| take_all(attempt::End::Back));
            let mut blocks = take_all(attempt::End::Front);
            blocks.extend(back.join().unwrap_or_default());
            blocks
        });
        blocks.sort_by_key(|block| (block.start, block.end));
        let mut reached = 0;
        for block in blocks {
            ensure!(
                block.start >= reached,
                "a race condition: two threads took from 0..6001, and were both given term {}",
                block.start
            );
            ensure!(
                block.start == reached,
                "a race condition: two threads took from 0..6001, and nobody was given {reached}..{}",
                block.start
            );
            reached = block.end;
        }
        ensure!(
            reached == 6001,
            "two threads took from 0..6001, and nobody was given {reached}..6001"
        );
    }
    Ok(())
}
