//! # Four sums instead of one
//!
//! A core has several adders. Why does a plain loop over floats keep only one of them busy?
//!
//! In `sum += a; sum += b` the second addition needs the result of the first, so it waits for it: for two to four
//! cycles each time. The compiler must not help, because another order of additions rounds differently. You have to
//! say that the order does not matter. This chain hides in every average, every norm and every dot product.
//!
//! Counts: the sum is right for any number of values (they are whole numbers, so no order of additions rounds); and
//! it is at least 2.5 times as fast as one sum in order. All on one core.
//!
//! Read: [sequential, "Additions that wait"](../../../sequential/README.md#why)

/// The sum of all values, in any order of additions.
pub fn sum(values: &[f64]) -> f64 {
    // HOLE
    let (blocks, rest) = values.as_chunks::<4>();
    let mut sums = [0.0; 4];
    for block in blocks {
        // None of these four waits for another.
        sums[0] += block[0];
        sums[1] += block[1];
        sums[2] += block[2];
        sums[3] += block[3];
    }
    sums.iter().chain(rest).sum()
    // SKELETON fast: asked for
    //| let mut sum = 0.0;
    //| for value in values {
    //|     sum += value;
    //| }
    //| sum
    // WRONG right: sum(&[1.0]) is
    //| let mut sums = [0.0; 4];
    //| for block in values.chunks_exact(4) {
    //|     for (sum, value) in sums.iter_mut().zip(block) {
    //|         *sum += value;
    //|     }
    //| }
    //| sums.iter().sum()
    // WRONG fast: asked for
    //| // Fewer steps of the loop, but still one chain.
    //| let (blocks, rest) = values.as_chunks::<4>();
    //| let mut sum = 0.0;
    //| for block in blocks {
    //|     sum += block[0];
    //|     sum += block[1];
    //|     sum += block[2];
    //|     sum += block[3];
    //| }
    //| sum + rest.iter().sum::<f64>()
    // WRONG right: it panicked
    //| let mut sums = [0.0; 4];
    //| for start in (0..values.len()).step_by(4) {
    //|     for lane in 0..4 {
    //|         sums[lane] += values[start + lane];
    //|     }
    //| }
    //| sums.iter().sum()
    // END
}

// HINT Fewer steps of the loop do not help. What counts is how many additions must wait for one another: keep four
// totals, and add them at the end.
// HINT `values.as_chunks::<4>()` gives the blocks of four, and the rest that fills no block. The rest counts, too.
// HINT `sums[0] += block[0]` to `sums[3] += block[3]` in the loop; then `sums.iter().chain(rest).sum()`.
// RULES
/// Whole numbers, so that any order of additions gives the same bits.
pub fn rules() -> Rules {
    const VALUES: usize = 4096;
    const REPEATS: u64 = 64;
    let of_round = |sum: fn(&[f64]) -> f64| {
        let inputs = [VALUES, VALUES + 1, VALUES + 3].map(|count| values(&mut Rng::new(5), count));
        move |round: usize| {
            let sum = |_| sum(std::hint::black_box(&inputs[round])) as u64;
            (0..REPEATS).map(sum).sum()
        }
    };
    Rules::new()
        .right("awkward numbers of values", |trial| {
            for count in [0, 1, 2, 3, 5, 1000, 100_003] {
                let values = match count {
                    ..6 => (1..=count).map(|value| value as f64).collect(),
                    _ => values(&mut trial.rng(), count),
                };
                let call = if count < 6 {
                    format!("sum(&{values:?})")
                } else {
                    format!("the sum of {count} values")
                };
                trial.calling(&call);
                let sum = attempt::sum(&values);
                let right = values.iter().map(|value| *value as u64).sum::<u64>() as f64;
                ensure!(sum == right, "{call} is {sum:?}, and {right:?} is right");
            }
            Ok(())
        })
        .fast(
            Race::new(
                2.5,
                of_round(attempt::sum),
                of_round(solution::sum),
                of_round(skeleton::sum),
            )
            .additions(VALUES as u64 * REPEATS),
        )
}

fn values(rng: &mut Rng, count: usize) -> Vec<f64> {
    (0..count).map(|_| rng.below(1000) as f64).collect()
}
