//! # Two locks, two orders
//!
//! One worker moves terms from bin 0 to bin 1, another from bin 1 to bin 0. What are they waiting for?
//!
//! For each other. Each has locked the bin that it takes from, and wants the one that the other has. Nobody ever lets
//! go: a deadlock. It is the classic of banks, whose bins are accounts, and it takes two customers who pay each other
//! at the same moment.
//!
//! Both locks must be held together, or somebody who looks in between misses what is on its way. So the way out is
//! not fewer locks but one order: whoever needs several takes them in the order on which all agree, as `total` does.
//!
//! Counts: moves come back, whatever others move meanwhile, also from a bin into itself; the bins hold what they
//! should; and whoever looks at all of them sees the same total at any time.
//!
//! Read: [race and deadlock](../../../threads/races.md#a-deadlock)

use judge::Mutex;

/// Moves so many terms from one bin to another, if there are enough of them; whether there were.
pub fn shift(bins: &[Mutex<u64>], from: usize, to: usize, count: u64) -> bool {
    let lock = |bin: usize| bins[bin].lock().expect("nobody panics with a bin in hand");
    // HOLE
    if from == to {
        return *lock(from) >= count;
    }
    // Always the lower number first, whichever way the terms go.
    let (mut source, mut target) = (lock(from.min(to)), lock(from.max(to)));
    if from > to {
        std::mem::swap(&mut source, &mut target);
    }
    if *source < count {
        return false;
    }
    *source -= count;
    *target += count;
    true
    // SKELETON ends: holds bin 0 and waits for bin 1; a thread holds bin 1 and waits for bin 0
    //| if from == to {
    //|     return *lock(from) >= count;
    //| }
    //| let (mut source, mut target) = (lock(from), lock(to));
    //| if *source < count {
    //|     return false;
    //| }
    //| *source -= count;
    //| *target += count;
    //| true
    // WRONG ends: which it holds itself
    //| let (mut source, mut target) = (lock(from.min(to)), lock(from.max(to)));
    //| if from > to {
    //|     std::mem::swap(&mut source, &mut target);
    //| }
    //| if *source < count {
    //|     return false;
    //| }
    //| *source -= count;
    //| *target += count;
    //| true
    // WRONG stress: who looked at all bins
    //| if *lock(from) < count {
    //|     return false;
    //| }
    //| *lock(from) -= count;
    //| *lock(to) += count;
    //| true
    // WRONG right: false is right
    //| if from == to {
    //|     return true;
    //| }
    //| let (mut source, mut target) = (lock(from.min(to)), lock(from.max(to)));
    //| if from > to {
    //|     std::mem::swap(&mut source, &mut target);
    //| }
    //| let moved = count.min(*source);
    //| *source -= moved;
    //| *target += moved;
    //| true
    // END
}

/// How many terms there are in all bins at one moment.
pub fn total(bins: &[Mutex<u64>]) -> u64 {
    let locked: Vec<_> =
        bins.iter().map(|bin| bin.lock().expect("nobody panics in here")).collect();
    locked.iter().map(|bin| **bin).sum()
}

// HINT The order must not depend on which way the terms go. What is the same for both workers?
// HINT The numbers of the bins are: lock `from.min(to)` first, then `from.max(to)`.
// HINT Then the two guards may be the wrong way round: where `from > to`, call `std::mem::swap(&mut source, &mut
// target)`.
// RULES
/// Each bin with so many terms; their names are those of a deadlock.
fn bins(terms: &[u64]) -> Vec<Mutex<u64>> {
    terms
        .iter()
        .enumerate()
        .map(|(number, terms)| Mutex::named(&format!("bin {number}"), *terms))
        .collect()
}

/// No longer, where threads only meet by chance.
const TIME: std::time::Duration = std::time::Duration::from_millis(400);

pub fn rules() -> Rules {
    use std::sync::Barrier;
    use std::thread;
    use std::time::Instant;

    Rules::new()
        .right("single moves", |trial| {
            for (from, to, count, right, after) in [
                (0, 1, 3, true, [7, 13]),
                (1, 0, 10, true, [20, 0]),
                (0, 1, 11, false, [10, 10]),
                (1, 0, 11, false, [10, 10]),
                (0, 1, 0, true, [10, 10]),
                (1, 1, 4, true, [10, 10]),
                (0, 0, 11, false, [10, 10]),
            ] {
                let bins = bins(&[10, 10]);
                let call = format!("shift(bins, {from}, {to}, {count}) on two bins of 10");
                trial.calling(&call);
                let moved = attempt::shift(&bins, from, to, count);
                ensure!(moved == right, "{call} is {moved}, and {right} is right");
                let left = [0, 1].map(|bin| *bins[bin].lock().expect("nobody panics in here"));
                ensure!(left == after, "{call} leaves {left:?}, and {after:?} is right");
            }
            Ok(())
        })
        .stress("two workers, both ways", |trial| {
            trial.calling("two workers that move between bin 0 and bin 1, each the other way");
            let (bins, begin, start) = (bins(&[1000, 1000]), Instant::now(), Barrier::new(2));
            thread::scope(|scope| {
                for (from, to) in [(0, 1), (1, 0)] {
                    let (bins, start) = (&bins, &start);
                    scope.spawn(move || {
                        start.wait();
                        while begin.elapsed() < TIME {
                            for count in 0..100 {
                                attempt::shift(bins, from, to, count);
                            }
                        }
                    });
                }
            });
            let sum = attempt::total(&bins);
            ensure!(
                sum == 2000,
                "after many moves there were {sum} terms, and there had been 2000"
            );
            Ok(())
        })
        .stress("two workers, and one who looks", |trial| {
            trial.calling(
                "two workers that move between three bins, and one who looks at all of them",
            );
            let (bins, begin) = (bins(&[1000, 1000, 1000]), Instant::now());
            let seen = thread::scope(|scope| {
                for seed in 0..2 {
                    let (bins, mut rng) = (&bins, Rng::new(trial.seed + seed));
                    scope.spawn(move || {
                        while begin.elapsed() < TIME {
                            for _ in 0..100 {
                                attempt::shift(
                                    bins,
                                    rng.below(3),
                                    rng.below(3),
                                    rng.below(100) as u64,
                                );
                            }
                        }
                    });
                }
                while begin.elapsed() < TIME {
                    let seen = attempt::total(&bins);
                    if seen != 3000 {
                        return seen;
                    }
                }
                3000
            });
            ensure!(
                seen == 3000,
                "who looked at all bins at once saw {seen} terms, and there were 3000 all the time"
            );
            Ok(())
        })
}
