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
/// Only `take`, by threads that do nothing else; a way to share terms that cost more and more; the sizes one by one.
pub fn rules() -> Rules {
    Rules::new()
        .stress("three threads that take", three_threads)
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
                let taken = std::sync::atomic::AtomicU64::new(0);
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

/// No two of them may be given the same term. For 500 workers there are many small blocks: more chances for a race.
fn three_threads(trial: &mut Trial) -> Result<(), String> {
    const COUNT: u64 = 100_000;
    for _ in 0..50 {
        trial.calling("take by three threads at once");
        let taken = std::sync::atomic::AtomicU64::new(0);
        let begin = std::sync::Barrier::new(3);
        let take_all = || -> Vec<std::ops::Range<u64>> {
            begin.wait();
            std::iter::from_fn(|| attempt::take(&taken, COUNT, 1, 500))
                .take(COUNT as usize)
                .collect()
        };
        let mut blocks = std::thread::scope(|scope| {
            let threads: Vec<_> = (0..3).map(|_| scope.spawn(take_all)).collect();
            threads
                .into_iter()
                .flat_map(|thread| thread.join().unwrap_or_default())
                .collect::<Vec<_>>()
        });
        blocks.sort_by_key(|block| (block.start, block.end));
        for pair in blocks.windows(2) {
            ensure!(
                pair[0].end <= pair[1].start,
                "a race condition: two threads were given {:?} and {:?}",
                pair[0],
                pair[1]
            );
        }
    }
    Ok(())
}
