//! # Halves of halves
//!
//! Ten million times 0.1, added in order, is wrong from the tenth digit on. What if you add halves of halves?
//!
//! In order, a value goes through as many additions as there are values after it, and each may round. In halves it
//! goes through some twenty. That is nearly as good as to keep what was lost, and as fast as a loop, if the recursion
//! stops before the last value: a call for each value costs more than the addition. Cut a sum for threads, and you do
//! the same.
//!
//! Counts: the sum of whole numbers is exact, for any number of values; that of ten million equal values has a
//! relative error of at most 1e-13; and it is at least 0.25 times as fast as the solution. All on one core.
//!
//! Read: [sequential, "The error"](../../../sequential/floats.md#the-error)

/// The sum of the values: that of the first half, and that of the second half.
pub fn sum(values: &[f64]) -> f64 {
    // HOLE
    /// So few values are added in order: enough to hide the cost of a call.
    const FEW: usize = 64;
    if values.len() <= FEW {
        return values.iter().sum();
    }
    let (left, right) = values.split_at(values.len() / 2);
    sum(left) + sum(right)
    // SKELETON right: a relative error
    //| values.iter().sum()
    // WRONG right: a relative error
    //| // Blocks, but their sums are added in order.
    //| values.chunks(128).map(|block| block.iter().sum::<f64>()).sum()
    // WRONG right: sum(&[1.0, 2.0, 3.0]) is
    //| if values.len() <= 1 {
    //|     return values.iter().sum();
    //| }
    //| let half = values.len() / 2;
    //| sum(&values[..half]) + sum(&values[half..2 * half])
    // WRONG ends: overflowed its stack
    //| match values {
    //|     [] => 0.0,
    //|     [first, rest @ ..] => first + sum(rest),
    //| }
    // WRONG ends: overflowed its stack
    //| let (left, right) = values.split_at(values.len() / 2);
    //| sum(left) + sum(right)
    // WRONG fast: asked for
    //| match values {
    //|     [] => 0.0,
    //|     [value] => *value,
    //|     _ => {
    //|         let (left, right) = values.split_at(values.len() / 2);
    //|         sum(left) + sum(right)
    //|     }
    //| }
    // END
}

// HINT A recursion needs an end: for few values, `values.iter().sum()`. Think of no value at all, and of one.
// HINT `values.split_at(values.len() / 2)` cuts in two halves and loses nothing, also where the number is odd.
// HINT A hundred values added in order cost little precision, and save a hundred calls: end the recursion there.
// RULES
/// Equal values show errors at their worst: each addition rounds to the same side for a long time.
pub fn rules() -> Rules {
    const VALUES: usize = 200_000;
    let of_round = |sum: fn(&[f64]) -> f64| {
        let inputs = [VALUES, VALUES + 1, VALUES + 3].map(|count| values(&mut Rng::new(5), count));
        move |round: usize| sum(std::hint::black_box(&inputs[round])) as u64
    };
    Rules::new()
        .right("awkward numbers of values", |trial| {
            for count in [0, 1, 2, 3, 5, 127, 128, 129, 1000, 100_003] {
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
        .right("ten million equal values", |trial| {
            const COUNT: usize = 10_000_000;
            for value in [0.1, 0.7] {
                let call = format!("the sum of {COUNT} times {value}");
                trial.calling(&call);
                let sum = attempt::sum(&vec![value; COUNT]);
                // A product rounds once.
                let right = value * COUNT as f64;
                let error = (sum - right).abs() / right;
                ensure!(
                    error <= 1e-13,
                    "{call} is {sum:?}, and {right:?} is right: a relative error of {error:.1e}; \
                     asked for: at most 1e-13"
                );
            }
            Ok(())
        })
        .fast(
            Race::new(
                0.25,
                of_round(attempt::sum),
                of_round(solution::sum),
                of_round(skeleton::sum),
            )
            .beside("solution")
            .additions(VALUES as u64),
        )
}

fn values(rng: &mut Rng, count: usize) -> Vec<f64> {
    (0..count).map(|_| rng.below(1000) as f64).collect()
}
