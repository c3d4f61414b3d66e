//! # What an addition rounds away
//!
//! To 10,000,000,000,000,000 you add a half, a thousand times. Why does nothing happen?
//!
//! A float keeps 53 bits. Next to a large number a small one has none of its bits left, and is lost; a thousand of them
//! are lost one by one. What an addition has lost can be computed exactly, by floats alone, and be added up beside
//! the sum. Balances, long simulations and variances go wrong like this, by a little at first.
//!
//! Counts: a relative error of at most 1e-15 for values of very different size: first where all are positive, then
//! where large ones cancel each other, then where a large one comes after small ones.
//!
//! Read: [sequential, "The error"](../../../sequential/floats.md#the-error)

/// The sum of the values, as good as if it were rounded once.
pub fn sum(values: &[f64]) -> f64 {
    // HOLE
    let (mut sum, mut lost) = (0.0_f64, 0.0);
    for &value in values {
        let total = sum + value;
        // In this order both steps are exact: that part of `small` which is not in `total` (Neumaier).
        let (large, small) = if sum.abs() >= value.abs() { (sum, value) } else { (value, sum) };
        lost += (large - total) + small;
        sum = total;
    }
    sum + lost
    // SKELETON right: all positive
    //| let mut sum = 0.0;
    //| for value in values {
    //|     sum += value;
    //| }
    //| sum
    // WRONG right: cancel each other
    //| let mut sorted = values.to_vec();
    //| sorted.sort_by(|a, b| a.abs().total_cmp(&b.abs()));
    //| sorted.iter().sum()
    // WRONG right: after small ones
    //| // Kahan's: it takes the sum for the larger of the two, always.
    //| let (mut sum, mut lost) = (0.0, 0.0);
    //| for value in values {
    //|     let value = value - lost;
    //|     let total = sum + value;
    //|     lost = (total - sum) - value;
    //|     sum = total;
    //| }
    //| sum
    // END
}

// HINT To sort helps only while nothing cancels. Keep a second number: what the additions have lost so far.
// HINT With `total = sum + value`, and the sum the larger of the two, `(sum - total) + value` is what was lost,
// exactly.
// HINT Where the value is the larger one (by `abs`), it is `(value - total) + sum`. Add up what was lost, and add it
// to the sum at the end, not before.
// RULES
/// Multiples of 1/1024, whose exact sum fits 128 bits.
pub fn rules() -> Rules {
    Rules::new()
        .right("values that are all positive", |trial| {
            for count in [0, 1, 2, 3, 5, 1000, 100_003] {
                let mut rng = trial.rng();
                let mut values = vec![1e16; count.min(1)];
                values.extend((1..count).map(|_| (1 + rng.below(1024)) as f64 / 1024.0));
                let what = format!("the sum of {count} values, all positive, 1e16 first,");
                close(trial, &what, &values)?;
                rng.shuffle(&mut values);
                let what = format!("the sum of {count} values, all positive, mixed,");
                close(trial, &what, &values)?;
            }
            Ok(())
        })
        .right("large values that cancel each other", |trial| {
            const LARGE: f64 = (1_u64 << 53) as f64;
            for ones in [1, 5, 1001, 100_001] {
                let mut values = vec![LARGE];
                values.extend((0..ones).map(|_| 1.0));
                values.push(-LARGE);
                let what = match ones {
                    ..6 => format!("sum(&{values:?}), where large values cancel each other,"),
                    _ => format!("2^53, {ones} ones, -2^53, where large values cancel each other,"),
                };
                close(trial, &what, &values)?;
            }
            Ok(())
        })
        .right("large values after small ones", |trial| {
            let what = "sum(&[0.5, 1e18, 0.25, -1e18]), a large value after small ones,";
            close(trial, what, &[0.5, 1e18, 0.25, -1e18])?;
            for count in [5, 1000, 100_003] {
                let mut rng = trial.rng();
                let mut values: Vec<f64> = Vec::new();
                for _ in 0..count / 4 {
                    let large = (1_u64 << (40 + rng.below(20))) as f64;
                    values.extend([large, -large]);
                }
                values.extend((values.len()..count).map(|_| (1 + rng.below(1024)) as f64 / 1024.0));
                rng.shuffle(&mut values);
                let what = format!("the sum of {count} values, large ones after small ones,");
                close(trial, &what, &values)?;
            }
            Ok(())
        })
}

fn close(trial: &Trial, what: &str, values: &[f64]) -> Result<(), String> {
    trial.calling(what);
    let sum = attempt::sum(values);
    let exact: i128 = values.iter().map(|value| (value * 1024.0) as i128).sum();
    let right = exact as f64 / 1024.0;
    let error = (sum - right).abs() / right.abs().max(f64::MIN_POSITIVE);
    let shown = if error < 0.01 { format!("{error:.1e}") } else { format!("{error:.2}") };
    ensure!(
        error <= 1e-15,
        "{what} is {sum:?}, and {right:?} is right: a relative error of {shown}; \
         asked for: at most 1e-15"
    );
    Ok(())
}
