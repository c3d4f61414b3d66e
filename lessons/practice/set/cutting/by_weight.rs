//! # Cut by weight
//!
//! Some terms take longer than others, and you know how much longer. Where do you cut?
//!
//! Ranges with the same number of terms are only fair where all terms cost the same. Files have sizes, rows of a
//! sparse matrix have entries, and whoever gets the heavy end keeps all others waiting: that is load imbalance. Where
//! each weight is known, cut so that each range has about the same weight. What is rounded off at one border must not
//! pile up at the last.
//!
//! Counts: there is one range for each worker, in order; together they hold every term once, also those that weigh
//! nothing; no range is heavier than the mean by more than the heaviest term.
//!
//! Read: [work-stealing](../../../work-stealing/README.md), [threads](../../../threads/README.md)

use std::ops::Range;

/// One range of the terms with these weights for each of `workers` workers, of which there is at least one.
pub fn cut(weights: &[u32], workers: usize) -> Vec<Range<usize>> {
    // HOLE
    // How much the terms up to each one weigh together, that one included.
    let sums: Vec<u64> = weights
        .iter()
        .scan(0, |sum, weight| {
            *sum += u64::from(*weight);
            Some(*sum)
        })
        .collect();
    let total = sums.last().copied().unwrap_or(0);
    let border = |number| {
        let share = (u128::from(total) * number as u128 / workers as u128) as u64;
        sums.partition_point(|sum| *sum <= share)
    };
    let mut start = 0;
    let mut next = |number| {
        let range = start..border(number);
        start = range.end;
        range
    };
    (1..=workers).map(|number| next(number)).collect()
    // SKELETON right: weights 1, 2, 3 ... 100
    //| let border = |number| weights.len() * number / workers;
    //| (0..workers).map(|number| border(number)..border(number + 1)).collect()
    // WRONG right: weights 6, ten times
    //| let total: u64 = weights.iter().map(|weight| u64::from(*weight)).sum();
    //| let share = total / workers as u64;
    //| let (mut ranges, mut start, mut heavy) = (Vec::new(), 0, 0);
    //| for (term, weight) in weights.iter().enumerate() {
    //|     if heavy + u64::from(*weight) > share && ranges.len() + 1 < workers {
    //|         ranges.push(start..term);
    //|         (start, heavy) = (term, 0);
    //|     }
    //|     heavy += u64::from(*weight);
    //| }
    //| ranges.push(start..weights.len());
    //| ranges.resize(workers, weights.len()..weights.len());
    //| ranges
    // WRONG right: leaves out
    //| let total: u64 = weights.iter().map(|weight| u64::from(*weight)).sum();
    //| let (mut end, mut before) = (0, 0);
    //| let mut next = |number| {
    //|     let start = end;
    //|     while before < total * number as u64 / workers as u64 {
    //|         before += u64::from(weights[end]);
    //|         end += 1;
    //|     }
    //|     start..end
    //| };
    //| (1..=workers).map(|number| next(number)).collect()
    // WRONG right: divide by zero
    //| let total: u64 = weights.iter().map(|weight| u64::from(*weight)).sum();
    //| let mut ranges = vec![0..0; workers];
    //| let mut before = 0;
    //| for (term, weight) in weights.iter().enumerate() {
    //|     let worker = ((before * workers as u64 / total) as usize).min(workers - 1);
    //|     ranges[worker].end = term + 1;
    //|     before += u64::from(*weight);
    //| }
    //| for worker in 1..workers {
    //|     ranges[worker].start = ranges[worker - 1].end;
    //|     ranges[worker].end = ranges[worker].end.max(ranges[worker].start);
    //| }
    //| ranges
    // END
}

// HINT Think of the terms as laid end to end, each as long as it is heavy. Border number i lies at i / workers of the
// whole length, whatever was cut before it.
// HINT Sum the weights up to each term once. The terms before a border are those up to which the sum is at most its
// share of the total. `partition_point` finds how many that are, by bisection.
// HINT Compute the ends of the ranges only, and let each range start where the one before has ended: the first starts
// at 0 whatever its terms weigh, and at the last end all sums are at most the total.
// RULES
use std::ops::Range;

/// The weights of the ranges are looked at; nothing is summed.
pub fn rules() -> Rules {
    Rules::new().right("weights of all kinds", |trial| {
        let mut rng = trial.rng();
        let uneven: Vec<u32> = (0..1000).map(|_| rng.bits() as u32 >> rng.below(32)).collect();
        let primes = (2..2000_u32)
            .map(|number| (2..number).take_while(|d| d * d <= number && number % d > 0).count());
        let cases: Vec<(&str, Vec<u32>)> = vec![
            ("6, ten times", vec![6; 10]),
            ("1, 2, 3 ... 100", (1..=100).collect()),
            ("100, 99, 98 ... 1", (1..=100).rev().collect()),
            ("none", Vec::new()),
            ("0, five times", vec![0; 5]),
            ("5", vec![5]),
            ("0, 0, 3, 0, 3, 0, 0", vec![0, 0, 3, 0, 3, 0, 0]),
            ("1000, 1, 1, 1, 1", vec![1000, 1, 1, 1, 1]),
            ("1, 1, 1, 1, 1000", vec![1, 1, 1, 1, 1000]),
            ("u32::MAX, 1000 times", vec![u32::MAX; 1000]),
            ("of the divisions that 2 to 1999 take", primes.map(|count| count as u32).collect()),
            ("of all sizes, 1000 of them", uneven),
        ];
        for (name, weights) in cases {
            for workers in [1, 2, 3, 5, 7] {
                let call = format!("cut(weights {name}; workers {workers})");
                trial.calling(&call);
                judge_cut(&call, &weights, workers, &attempt::cut(&weights, workers))?;
            }
        }
        Ok(())
    })
}

fn judge_cut(
    call: &str,
    weights: &[u32],
    workers: usize,
    ranges: &[Range<usize>],
) -> Result<(), String> {
    ensure!(
        ranges.len() == workers,
        "{call} gives {}; {} right",
        ranges_in_words(ranges.len()),
        if workers == 1 { "1 range is".to_owned() } else { format!("{workers} ranges are") }
    );
    let mut reached = 0;
    for (number, range) in ranges.iter().enumerate() {
        let which = nth(number);
        ensure!(
            range.start == reached,
            "{call}: the {which} range is {range:?}; it has to start at {reached}"
        );
        ensure!(
            range.end >= range.start,
            "{call}: the {which} range is {range:?}; it ends before it starts"
        );
        ensure!(
            range.end <= weights.len(),
            "{call}: the {which} range, {range:?}, goes beyond the last term"
        );
        reached = range.end;
    }
    ensure!(reached == weights.len(), "{call} leaves out {reached}..{}", weights.len());
    let weigh = |range: &Range<usize>| -> u64 {
        weights[range.clone()].iter().map(|weight| u64::from(*weight)).sum()
    };
    let (total, heaviest) =
        (weigh(&(0..weights.len())), weights.iter().max().copied().unwrap_or(0));
    let most = total / workers as u64 + u64::from(heaviest);
    for range in ranges {
        let weight = weigh(range);
        ensure!(
            weight <= most,
            "{call}: the range {range:?} weighs {weight}, {:.2} times the mean; no range may \
             weigh more than {most}: the mean plus the heaviest term",
            weight as f64 * workers as f64 / total as f64
        );
    }
    Ok(())
}

fn ranges_in_words(ranges: usize) -> String {
    if ranges == 1 { "1 range".to_owned() } else { format!("{ranges} ranges") }
}
