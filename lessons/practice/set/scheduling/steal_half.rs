//! # Take half of it
//!
//! A thief that takes one block is back soon. How much should it take?
//!
//! A theft costs a lock, and memory that lies in another's cache. A thief that takes all leaves the victim idle. Half
//! is fair: soon the work is spread. The owner works at the front of its deque, so the thief takes from the back.
//!
//! Counts: `steal` takes half of the victim's blocks, rounded up, from the back and in their order, and leaves the
//! others as they were; the sum is right under stress, and idle workers do steal. Later terms cost more here.
//!
//! Read: [work-stealing, a deque has two ends](../../../work-stealing/README.md)

use std::collections::VecDeque;
use std::ops::Range;
use std::thread;

use judge::{Mutex, Terms};

type Deque = Mutex<VecDeque<Range<u64>>>;

/// Half of the blocks of `victim`, which the thief takes; none where there are none.
pub fn steal(victim: &Deque) -> VecDeque<Range<u64>> {
    // HOLE
    let mut theirs = victim.lock().expect("nobody panics while holding it");
    let left = theirs.len() / 2;
    theirs.split_off(left)
    // SKELETON how: takes 1 of 8 blocks
    //| victim.lock().expect("nobody panics while holding it").pop_back().into_iter().collect()
    // WRONG how: takes 8 of 8 blocks
    //| std::mem::take(&mut *victim.lock().expect("nobody panics while holding it"))
    // WRONG how: from the front
    //| let mut theirs = victim.lock().expect("nobody panics while holding it");
    //| let half = theirs.len().div_ceil(2);
    //| theirs.drain(..half).collect()
    // WRONG right: are still there
    //| let theirs = victim.lock().expect("nobody panics while holding it");
    //| theirs.iter().skip(theirs.len() / 2).cloned().collect()
    // WRONG how: takes 0 of 1 block
    //| let mut theirs = victim.lock().expect("nobody panics while holding it");
    //| let left = theirs.len().div_ceil(2);
    //| theirs.split_off(left)
    // END
}

/// The next block for worker `me`, if there is any left.
fn next(me: usize, deques: &[Deque], terms: &Terms) -> Option<Range<u64>> {
    let lock = |deque: usize| deques[deque].lock().expect("nobody panics while holding it");
    let own = lock(me).pop_front();
    if own.is_some() {
        return own;
    }
    let victims = (1..deques.len()).map(|distance| &deques[(me + distance) % deques.len()]);
    let mut stolen = victims.map(steal).find(|blocks| !blocks.is_empty())?;
    terms.stole();
    let first = stolen.pop_front();
    lock(me).append(&mut stolen);
    first
}

/// The sum of all terms, by so many threads.
pub fn sum(terms: &Terms, workers: usize) -> u64 {
    let (count, ranges, size) = (terms.count(), workers as u64, terms.grain());
    let deque = |number: u64| -> Deque {
        let (start, end) = (count * number / ranges, count * (number + 1) / ranges);
        let blocks = (start..end).step_by(size as usize).map(|start| start..end.min(start + size));
        Mutex::named(&format!("deque {number}"), blocks.collect())
    };
    let deques: Vec<Deque> = (0..ranges).map(deque).collect();
    let work = |me| -> u64 {
        std::iter::from_fn(|| next(me, &deques, terms)).map(|block| terms.sum(block)).sum()
    };
    thread::scope(|scope| {
        let work = &work;
        let threads: Vec<_> = (1..workers).map(|me| scope.spawn(move || work(me))).collect();
        work(0) + threads.into_iter().map(|thread| thread.join().expect("it sums")).sum::<u64>()
    })
}

// HINT Look through the methods of VecDeque for one that cuts a deque in two at a place.
// HINT `split_off(at)` leaves the first `at` in place and gives the others. Which `at` makes the thief's half the
// larger one where the number is odd?
// RULES
/// Single thefts, then several threads.
pub fn rules() -> Rules {
    Rules::new()
        .right("single thefts", |trial| {
            for count in [8, 1, 2, 0, 5] {
                let Theft { call, taken, left } = theft(trial, count)?;
                let all = taken.len() + left.len();
                ensure!(
                    all <= count,
                    "{call} takes {}, and {} are still there: some are in two places",
                    units(taken.len()),
                    units(left.len())
                );
                ensure!(all == count, "{call}: {} lost", units(count - all));
            }
            Ok(())
        })
        .strategy(
            strategy!(sum)
                .on("primes")
                .terms(500_000)
                .rule(Rule::BusyWorkers(2))
                .rule(Rule::Steals(1))
                .rule(Rule::Imbalance(1.5)),
        )
        .how("how much is taken", |trial| {
            for count in [8, 1, 2, 0, 5] {
                let Theft { call, taken, left } = theft(trial, count)?;
                let half = count.div_ceil(2);
                ensure!(
                    taken.len() == half,
                    "{call} takes {} of {}; asked for: {half}",
                    taken.len(),
                    units(count)
                );
                let right: Vec<Block> = (count - half..count).map(block).collect();
                ensure!(
                    taken.first() != Some(&block(0)) || half == count,
                    "{call} takes from the front, where the owner works: {taken:?}; {right:?} are asked for"
                );
                ensure!(taken == right, "{call} takes {taken:?}; {right:?} are asked for, in this order");
                let right: Vec<Block> = (0..count - half).map(block).collect();
                ensure!(left == right, "{call} leaves {left:?}; {right:?} are asked for, in this order");
            }
            Ok(())
        })
}

type Block = std::ops::Range<u64>;

/// What became of so many blocks.
struct Theft {
    call: String,
    taken: Vec<Block>,
    left: Vec<Block>,
}

fn theft(trial: &Trial, count: usize) -> Result<Theft, String> {
    let call = format!("steal from a deque of {}", units(count));
    trial.calling(&call);
    let deque = Mutex::new((0..count).map(block).collect());
    let taken = attempt::steal(&deque).into();
    let left = deque.into_inner().map_err(|_| "a lock is poisoned")?;
    Ok(Theft { call, taken, left: left.into() })
}

fn block(number: usize) -> Block {
    10 * number as u64..10 * (number as u64 + 1)
}

fn units(blocks: usize) -> String {
    if blocks == 1 { "1 block".to_owned() } else { format!("{blocks} blocks") }
}
