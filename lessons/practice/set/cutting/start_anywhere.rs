//! # Start anywhere
//!
//! How do you cut a range that does not start at 0, and may end at the largest number there is?
//!
//! Whoever gets a share and shares it once more has to cut `lo..hi`. The formula for `0..n` is soon adapted, and its
//! product or its sum overflows only near the end of what 64 bits hold. For decades binary searches computed
//! `(lo + hi) / 2`, before anyone had an array so long that this overflows. There is a way without wider numbers:
//! every worker gets `len / workers` terms, and the first few get one of the remainder each.
//!
//! Counts: there is one range for each worker, in order; together they hold every term once, wherever the terms start
//! and end; no range has more than one term more than another.
//!
//! Read: [threads](../../../threads/README.md), [faults, `overflow`](../../../faults/README.md)

use std::ops::Range;

/// One range of `terms` for each of `workers` workers, of which there is at least one.
pub fn cut(terms: Range<u64>, workers: u64) -> Vec<Range<u64>> {
    // HOLE
    let length = terms.end - terms.start;
    let (size, rest) = (length / workers, length % workers);
    // The first `rest` workers have one term more. No step goes beyond the end, so none overflows.
    let border = |number: u64| terms.start + number * size + number.min(rest);
    (0..workers).map(|number| border(number)..border(number + 1)).collect()
    // SKELETON right: cut(10..15, 1): the first range is 0..15; it has to start at 10
    //| let border = |number| terms.end * number / workers;
    //| (0..workers).map(|number| border(number)..border(number + 1)).collect()
    // WRONG right: cut(0..u64::MAX, 2) leaves out 9223372036854775807..u64::MAX; this looks like an overflow
    //| let length = terms.end - terms.start;
    //| let border = |number| terms.start + length * number / workers;
    //| (0..workers).map(|number| border(number)..border(number + 1)).collect()
    // WRONG right: this looks like an overflow
    //| let border = |number| (terms.start * (workers - number) + terms.end * number) / workers;
    //| (0..workers).map(|number| border(number)..border(number + 1)).collect()
    // WRONG right: leaves out
    //| let size = (terms.end - terms.start) / workers;
    //| let border = |number| terms.start + number * size;
    //| (0..workers).map(|number| border(number)..border(number + 1)).collect()
    // END
}

// HINT Cut the length, `terms.end - terms.start`, and shift each border by `terms.start`.
// HINT `length * number` may overflow. `length / workers * number` may not, but it drops the remainder: share that
// out by itself, one term to each of the first workers.
// HINT Before border number i lie i sizes and the smaller of i and the remainder.
// RULES
use std::ops::Range;

/// The ranges are looked at; nothing is summed.
pub fn rules() -> Rules {
    Rules::new().right("ranges from anywhere", |trial| {
        let last = u64::MAX;
        let mut all = vec![
            10..15,
            0..5,
            7..7,
            3..4,
            1000..101_003,
            last - 10..last,
            last..last,
            0..last,
            1..last,
            last / 2..last,
        ];
        let mut rng = trial.rng();
        all.extend((0..100).map(|_| {
            let (one, other) = (rng.bits() >> rng.below(64), rng.bits() >> rng.below(64));
            one.min(other)..one.max(other)
        }));
        for terms in all {
            for workers in [1, 2, 3, 5, 7] {
                let call = format!("cut({}, {workers})", shown_range(&terms));
                trial.calling(&call);
                let ranges = attempt::cut(terms.clone(), workers);
                cut_fairly(&call, &terms, workers, &ranges)?;
            }
        }
        Ok(())
    })
}
