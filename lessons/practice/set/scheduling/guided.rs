//! # Large at first, small at last
//!
//! Few blocks cost little, and small blocks end together. Can one have both?
//!
//! A large block does no harm as long as much is left to balance it with. So take a share of what is left: the blocks
//! become smaller and smaller, and the last ones are as small as a block may be. OpenMP calls this
//! `schedule(guided)`. The usual share is what is left, divided by twice the number of workers.
//!
//! Counts: `take` takes what is left divided by twice the workers, but at least a grain and never more than is left;
//! no term is taken twice by several threads; a sum of some 500 grains is made in at most 45 ranges, and no worker is
//! busy for more than 1.5 times the mean. Later terms cost more here.
//!
//! Read: [threads, self-scheduling](../../../threads/README.md), [work-stealing](../../../work-stealing/README.md)

use std::ops::Range;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;

use judge::Terms;

/// The next block of `count` terms, of which `taken` are taken already; `None` where no term is left.
pub fn take(taken: &AtomicU64, count: u64, grain: u64, workers: u64) -> Option<Range<u64>> {
    // HOLE
    let end_of_block = |start: u64| {
        let left = count - start;
        start + (left / (2 * workers)).max(grain).min(left)
    };
    // Others may take in between: then it is computed again, from what is left by then.
    let update = |start: u64| (start < count).then(|| end_of_block(start));
    let start = taken.fetch_update(Ordering::Relaxed, Ordering::Relaxed, update).ok()?;
    Some(start..end_of_block(start))
    // SKELETON how: asked for: at most 45 ranges
    //| let _ = workers;
    //| let start = taken.fetch_add(grain, Ordering::Relaxed);
    //| (start < count).then(|| start..count.min(start + grain))
    // WRONG stress: a race condition
    //| let start = taken.load(Ordering::SeqCst);
    //| let left = count - start;
    //| let size = (left / (2 * workers)).max(grain).min(left);
    //| taken.store(start + size, Ordering::SeqCst);
    //| (size > 0).then(|| start..start + size)
    // WRONG how: asked for: at most 45 ranges
    //| let end_of_block = |start: u64| start + ((count - start) / (2 * workers)).max(1);
    //| let update = |start: u64| (start < count).then(|| end_of_block(start));
    //| let start = taken.fetch_update(Ordering::Relaxed, Ordering::Relaxed, update).ok()?;
    //| Some(start..end_of_block(start))
    // WRONG how: gives 500 terms
    //| let end_of_block = |start: u64| {
    //|     let left = count - start;
    //|     start + (left / workers).max(grain).min(left)
    //| };
    //| let update = |start: u64| (start < count).then(|| end_of_block(start));
    //| let start = taken.fetch_update(Ordering::Relaxed, Ordering::Relaxed, update).ok()?;
    //| Some(start..end_of_block(start))
    // WRONG right: were asked for
    //| let end_of_block = |start: u64| start + ((count - start) / (2 * workers)).max(grain);
    //| let update = |start: u64| (start < count).then(|| end_of_block(start));
    //| let start = taken.fetch_update(Ordering::Relaxed, Ordering::Relaxed, update).ok()?;
    //| Some(start..end_of_block(start))
    // END
}

/// The sum of all terms, by so many threads.
pub fn sum(terms: &Terms, workers: usize) -> u64 {
    let taken = AtomicU64::new(0);
    let block = || take(&taken, terms.count(), terms.grain(), workers as u64);
    let work = || std::iter::from_fn(block).map(|block| terms.sum(block)).sum::<u64>();
    thread::scope(|scope| {
        let threads: Vec<_> = (1..workers).map(|_| scope.spawn(work)).collect();
        work() + threads.into_iter().map(|thread| thread.join().expect("it sums")).sum::<u64>()
    })
}

// HINT What is left is `count - start`. Take `left / (2 * workers)` of it, at least a grain, at most what is left.
// HINT The size depends on the start, so `fetch_add` will not do: between the look and the addition another may take.
// HINT `fetch_update` takes a function from the old number to the new one, calls it again where another came first,
// and gives the old number: `Ok(start)`.
// RULES
use std::sync::Barrier;
use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering::Relaxed};
use std::thread;
use std::time::{Duration, Instant};

/// Only `take`, by threads that do nothing else; a way to share terms that cost more and more; the sizes one by one.
pub fn rules() -> Rules {
    Rules::new()
        .stress("several threads that take", many_threads)
        .strategy(
            strategy!(sum)
                .on("primes")
                .terms(500_000)
                .rule(Rule::BusyWorkers(2))
                .rule(Rule::MostRanges(45))
                .rule(Rule::Imbalance(1.5)),
        )
        .how("the sizes of blocks", |trial| {
            for (count, grain, workers) in [(1000, 10, 2), (1000, 1, 5), (100_003, 64, 7), (5, 10, 2)] {
                let taken = AtomicU64::new(0);
                let mut reached = 0;
                let mut next = || attempt::take(&taken, count, grain, workers);
                while reached < count {
                    let call = format!(
                        "take with {count} terms, {reached} of them taken, a grain of {grain} and {workers} workers"
                    );
                    trial.calling(&call);
                    let block = next().ok_or_else(|| format!("{call} gives nothing"))?;
                    let left = count - reached;
                    ensure!(block.start == reached && block.end <= count, "{call} gives {block:?}");
                    // However the share was rounded.
                    let (least, most) = (left / (2 * workers), left.div_ceil(2 * workers));
                    let (least, most) = (least.max(grain).min(left), most.max(grain).min(left));
                    let size = block.end.saturating_sub(block.start);
                    ensure!(
                        (least..=most).contains(&size),
                        "{call} gives {size} terms; {least} are asked for"
                    );
                    reached = block.end;
                }
                ensure!(next().is_none(), "take gives something, although all {count} terms are taken");
            }
            Ok(())
        })
}

/// No two of them may be given the same term. On one core a race shows only if a thread is interrupted at the wrong
/// place. So they do little else than take, others wake up all the time, and it goes on until many turns were taken.
fn many_threads(trial: &mut Trial) -> Result<(), String> {
    const COUNT: u64 = 1 << 40;
    trial.calling("take by several threads at once");
    let taken = AtomicU64::new(0);
    let (last, turns, done) = (AtomicUsize::new(0), AtomicUsize::new(0), AtomicBool::new(false));
    let (begin, end) = (Barrier::new(TAKERS), Instant::now() + LONGEST);
    // For very many workers there are very many small blocks. It gives how many terms it was given.
    let take_all = |me: usize| -> Result<u64, String> {
        begin.wait();
        let (mut terms, mut before) = (0, 0..0);
        for number in 1.. {
            let Some(block) = attempt::take(&taken, COUNT, 1, 1 << 20) else { break };
            if block.start < before.end || block.end < block.start {
                done.store(true, Relaxed);
                return Err(format!(
                    "a race condition: several threads take, and one was given {before:?} and then \
                     {block:?}: an old number of taken terms came back"
                ));
            }
            terms += block.end - block.start;
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
            while !done.load(Relaxed) && turns.load(Relaxed) < TURNS && Instant::now() < end {
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
    let reached = taken.load(Relaxed).min(COUNT);
    ensure!(
        given == reached,
        "a race condition: several threads were given {given} terms in all, and {reached} are \
         taken"
    );
    Ok(())
}

/// So many threads take.
const TAKERS: usize = 8;

/// So often one thread comes after another, and no longer than this.
const TURNS: usize = 2000;
const LONGEST: Duration = Duration::from_millis(1500);
