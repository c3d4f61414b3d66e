//! # No branch to guess
//!
//! The loop does the same with sorted and with unsorted values. Why is it several times slower with unsorted ones?
//!
//! A core does not wait for a comparison: it guesses how it ends, and works on. In unsorted data nobody can guess, so
//! every other guess is wrong, and what was begun after it is thrown away: some 15 to 20 cycles. For sums the
//! compiler finds a way without a branch. Where something is kept or not, it does not: a `push` is more than an
//! addition.
//!
//! Counts: the values above the threshold come back, in their order, for any number of values; on unsorted values it
//! is at least 1.8 times as fast as a branch for each value. All on one core.
//!
//! Read: [sequential](../../../sequential/README.md), [hotspots](../../../hotspots/README.md)

/// All values above the threshold, in their order.
pub fn above(values: &[u32], threshold: u32) -> Vec<u32> {
    // HOLE
    let mut kept = vec![0; values.len()];
    let mut count = 0;
    for value in values {
        // Always written; the next one overwrites it where it was not wanted.
        kept[count] = *value;
        count += usize::from(*value > threshold);
    }
    kept.truncate(count);
    kept
    // SKELETON fast: asked for
    //| let mut kept = Vec::with_capacity(values.len());
    //| for value in values {
    //|     if *value > threshold {
    //|         kept.push(*value);
    //|     }
    //| }
    //| kept
    // WRONG right: come back as
    //| let mut kept = vec![0; values.len()];
    //| let mut count = 0;
    //| for value in values {
    //|     kept[count] = *value;
    //|     count += usize::from(*value > threshold);
    //| }
    //| kept
    // WRONG right: in another order
    //| let mut sorted = values.to_vec();
    //| sorted.sort_unstable();
    //| sorted.split_off(sorted.partition_point(|value| *value <= threshold))
    // WRONG fast: asked for
    //| values.iter().copied().filter(|value| *value > threshold).collect()
    // END
}

// HINT Turn the condition into a number: `usize::from(*value > threshold)` is 1 or 0, and needs no branch.
// HINT Make room for all values first. Then write each value, wanted or not, at the place of the next one that is
// kept.
// HINT Move that place on by the number 1 or 0, and cut off what was never reached: `kept.truncate(count)`.
// RULES
/// Half of the values are above the threshold, and none says anything of the next.
pub fn rules() -> Rules {
    const VALUES: usize = 25_000;
    const REPEATS: u64 = 4;
    let of_round = |above: fn(&[u32], u32) -> Vec<u32>| {
        let inputs = [1, 2, 3].map(|seed| values(&mut Rng::new(seed), VALUES));
        move |round: usize| {
            let mut answer = 0;
            for repeat in 0..REPEATS {
                let kept = above(std::hint::black_box(&inputs[round]), 500 + repeat as u32);
                answer = answer * 1000 + kept.len() as u64 + u64::from(kept[kept.len() / 2]);
            }
            answer
        }
    };
    Rules::new()
        .right("awkward numbers of values", |trial| {
            for count in [0, 1, 2, 3, 5, 1000, 100_003] {
                let values = match count {
                    ..6 => [2, 9, 4, 7, 1][..count].to_vec(),
                    _ => values(&mut trial.rng(), count),
                };
                for threshold in [0, 4, 500, u32::MAX] {
                    let call = if count < 6 {
                        format!("above(&{values:?}, {threshold})")
                    } else {
                        format!("above({count} values, {threshold})")
                    };
                    trial.calling(&call);
                    let kept = attempt::above(&values, threshold);
                    let right: Vec<u32> =
                        values.iter().copied().filter(|value| *value > threshold).collect();
                    if kept == right {
                        continue;
                    }
                    let sorted = |values: &[u32]| {
                        let mut values = values.to_vec();
                        values.sort_unstable();
                        values
                    };
                    ensure!(
                        sorted(&kept) != sorted(&right),
                        "{call}: the right values, but in another order: \
                         first {:?}, and {:?} are right",
                        &kept[..kept.len().min(5)],
                        &right[..right.len().min(5)]
                    );
                    ensure!(
                        count >= 6,
                        "{call}: the values come back as {kept:?}, and {right:?} is right"
                    );
                    ensure!(
                        kept.len() == right.len(),
                        "{call}: {} values come back, and {} are above the threshold",
                        kept.len(),
                        right.len()
                    );
                    return Err(format!("{call}: as many values as are right, but other ones"));
                }
            }
            Ok(())
        })
        .fast(Race::new(
            1.8,
            of_round(attempt::above),
            of_round(solution::above),
            of_round(skeleton::above),
        ))
}

fn values(rng: &mut Rng, count: usize) -> Vec<u32> {
    (0..count).map(|_| rng.below(1001) as u32).collect()
}
