//! # Count in private
//!
//! What do you count in until you know the result?
//!
//! A shared slot is memory: an atomic addition for each number takes its time, and where slots of several workers lie
//! on one line, the line travels with each of them. A local variable lives in a register of its core. Nobody else
//! sees it, and nobody has to. So count in private, and write the slot once, at the end. A search that counts its
//! matches in a shared array is where this mistake is usually found.
//!
//! Counts: the slot holds what it held before, and one more for each even number; a worker adds to it at most once.
//! It has to be twice as fast as the skeleton.
//!
//! Read: [threads, private sums](../../../threads/README.md)

use std::sync::atomic::{AtomicU64, Ordering};

/// Where workers put what they have counted. It also counts how often they do.
#[derive(Debug, Default)]
pub struct Slot {
    value: AtomicU64,
    additions: AtomicU64,
}

impl Slot {
    /// Adds to what is there.
    pub fn add(&self, more: u64) {
        self.value.fetch_add(more, Ordering::Relaxed);
        self.additions.fetch_add(1, Ordering::Relaxed);
    }

    /// What is there.
    pub fn value(&self) -> u64 {
        self.value.load(Ordering::Relaxed)
    }

    /// How often something was added.
    pub fn additions(&self) -> u64 {
        self.additions.load(Ordering::Relaxed)
    }
}

/// Adds to `slot` how many of `numbers` are even: what one worker does with its range.
pub fn count_even(numbers: &[u64], slot: &Slot) {
    // HOLE
    let even = numbers.iter().filter(|number| *number % 2 == 0).count();
    slot.add(even as u64);
    // SKELETON how: asked for: at most once
    //| for number in numbers {
    //|     if number % 2 == 0 {
    //|         slot.add(1);
    //|     }
    //| }
    // WRONG how: additions to the slot for 1000 numbers
    //| for block in numbers.chunks(64) {
    //|     slot.add(block.iter().filter(|number| *number % 2 == 0).count() as u64);
    //| }
    // WRONG right: too many
    //| let mut even = 0;
    //| for number in numbers {
    //|     if number % 2 == 0 {
    //|         even += 1;
    //|         slot.add(even);
    //|     }
    //| }
    // WRONG right: too few
    //| let mut even = slot.value();
    //| for number in numbers {
    //|     if number % 2 == 0 {
    //|         even += 1;
    //|     }
    //| }
    // END
}

// HINT Take the loop as it is, but let it add to a `let mut even = 0` of your own.
// HINT `filter` and `count` of an iterator do the loop; then one `slot.add(...)` is left.
// RULES
/// How often the slot is touched.
pub fn rules() -> Rules {
    Rules::new()
        .right("small counts", |trial| {
            let mut rng = trial.rng();
            for size in [2, 1, 7, 0, 1000] {
                let numbers: Vec<u64> =
                    (0..size).map(|number| number + rng.below(2) as u64).collect();
                let even = numbers.iter().filter(|number| *number % 2 == 0).count() as u64;
                let slot = attempt::Slot::default();
                let call = format!("count_even of {size} numbers, {even} of which are even");
                trial.calling(&call);
                for turn in 1..=2 {
                    attempt::count_even(&numbers, &slot);
                    let (value, right) = (slot.value(), turn * even);
                    let off = if value > right { "too many" } else { "too few" };
                    let times = if turn == 1 { "" } else { ", called twice" };
                    ensure!(
                        value == right,
                        "{call}{times}: the slot holds {value}, {off}; {right} is right"
                    );
                }
            }
            Ok(())
        })
        .how("how often the slot is written", |trial| {
            let slot = attempt::Slot::default();
            trial.calling("count_even of 1000 numbers");
            attempt::count_even(&(0..1000).collect::<Vec<u64>>(), &slot);
            ensure!(
                slot.additions() <= 1,
                "there were {} additions to the slot for 1000 numbers; asked for: at most once",
                slot.additions()
            );
            Ok(())
        })
        .fast(race())
}

/// Two workers, whose slots lie side by side.
fn race() -> Race {
    const NUMBERS: usize = 600_000;
    let of_round = |round: usize| -> Vec<u64> {
        let mut rng = Rng::new(round as u64);
        (0..NUMBERS).map(|_| rng.bits()).collect()
    };
    let numbers: std::sync::Arc<Vec<Vec<u64>>> =
        std::sync::Arc::new((0..3).map(of_round).collect());
    macro_rules! runner {
        ($file:ident) => {{
            let numbers = std::sync::Arc::clone(&numbers);
            move |round: usize| {
                let slots = [$file::Slot::default(), $file::Slot::default()];
                let halves = numbers[round].split_at(NUMBERS / 2);
                std::thread::scope(|scope| {
                    scope.spawn(|| $file::count_even(halves.0, &slots[0]));
                    $file::count_even(halves.1, &slots[1]);
                });
                slots[0].value() * NUMBERS as u64 + slots[1].value()
            }
        }};
    }
    Race::new(2.0, runner!(attempt), runner!(solution), runner!(skeleton)).on_several_cores()
}
