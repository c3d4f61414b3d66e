//! # More workers than numbers
//!
//! Three numbers, eight workers: how many threads should start?
//!
//! Three. A worker with an empty range costs its start, and has nothing to do. Code that cuts usually sees millions
//! of numbers, so nobody tries three, until a user does. Then `len / workers` is 0, and `chunks(0)` panics. And where
//! there is no number at all, nobody has to start.
//!
//! Counts: there are as many slices as workers, or as numbers where those are fewer, and none is empty; together they
//! are all numbers, in order; no slice has more than one number more than another.
//!
//! Read: [threads](../../../threads/README.md), [limits, break-even](../../../limits/README.md)

/// A slice of the numbers for each worker that has something to do. `workers` is at least 1.
pub fn share(numbers: &[u64], workers: usize) -> Vec<&[u64]> {
    // HOLE
    let busy = workers.min(numbers.len());
    // Where nobody is busy, no border is asked for, and nothing is divided by 0.
    let border = |number| numbers.len() * number / busy;
    (0..busy).map(|number| &numbers[border(number)..border(number + 1)]).collect()
    // SKELETON right: chunk size must be non-zero
    //| numbers.chunks(numbers.len() / workers).collect()
    // WRONG right: gives 3 slices; 2 are right
    //| numbers.chunks((numbers.len() / workers).max(1)).collect()
    // WRONG right: gives 3 slices; 4 are right
    //| numbers.chunks(numbers.len().div_ceil(workers).max(1)).collect()
    // WRONG right: has an empty slice
    //| let border = |number| numbers.len() * number / workers;
    //| (0..workers).map(|number| &numbers[border(number)..border(number + 1)]).collect()
    // END
}

// HINT No size of chunks is right: five numbers for four workers are chunks of one and of two. Compute borders
// instead.
// HINT First decide how many workers get something: `workers.min(numbers.len())`. Then cut for so many, as always.
// HINT `(0..busy).map(...)` calls nothing where `busy` is 0, so a division by `busy` in there is safe.
// RULES
/// The slices are looked at; nothing is summed.
pub fn rules() -> Rules {
    Rules::new().right("few numbers", |trial| {
        for count in [3, 2, 1, 0, 5, 7, 8, 1000, 100_003] {
            for workers in [8, 4, 3, 2, 1] {
                let numbers: Vec<u64> = (0..count).collect();
                let call = format!("share({}, {workers})", in_words(count));
                trial.calling(&call);
                let slices = attempt::share(&numbers, workers);
                let sizes: Vec<usize> = slices.iter().map(|slice| slice.len()).collect();
                ensure!(
                    !sizes.contains(&0),
                    "{call} has an empty slice: somebody starts for nothing"
                );
                let busy = workers.min(numbers.len());
                ensure!(
                    slices.len() == busy,
                    "{call} gives {} {}; {busy} {} right",
                    slices.len(),
                    if slices.len() == 1 { "slice" } else { "slices" },
                    if busy == 1 { "is" } else { "are" }
                );
                ensure!(
                    slices.concat() == numbers,
                    "{call}: the slices, one after the other, are not all numbers in order"
                );
                let (least, most) = (sizes.iter().min(), sizes.iter().max());
                let (least, most) = (least.unwrap_or(&0), most.unwrap_or(&0));
                ensure!(
                    most - least <= 1,
                    "{call} is unfair: one slice has {most} numbers and another {least}; one more \
                     is the most that is allowed"
                );
            }
        }
        Ok(())
    })
}

fn in_words(count: u64) -> String {
    if count == 1 { "1 number".to_owned() } else { format!("{count} numbers") }
}
