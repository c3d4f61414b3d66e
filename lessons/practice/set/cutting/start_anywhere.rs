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
                ensure!(
                    ranges.len() as u64 == workers,
                    "{call} gives {}; {} right",
                    ranges_in_words(ranges.len() as u64),
                    if workers == 1 {
                        "1 range is".to_owned()
                    } else {
                        format!("{workers} ranges are")
                    }
                );
                let overflow = of_overflow(&terms, &ranges);
                let mut reached = terms.start;
                for (number, range) in ranges.iter().enumerate() {
                    let (which, given) = (nth(number), shown_range(range));
                    ensure!(
                        range.start == reached,
                        "{call}: the {which} range is {given}; it has to start at {}{overflow}",
                        shown(reached)
                    );
                    ensure!(
                        range.end >= range.start,
                        "{call}: the {which} range is {given}; it ends before it starts{overflow}"
                    );
                    ensure!(
                        range.end <= terms.end,
                        "{call}: the {which} range, {given}, goes beyond the last term{overflow}"
                    );
                    reached = range.end;
                }
                ensure!(
                    reached == terms.end,
                    "{call} leaves out {}{overflow}",
                    shown_range(&(reached..terms.end))
                );
                let sizes = ranges.iter().map(|range| range.end - range.start);
                let (least, most) = (sizes.clone().min(), sizes.max());
                let (least, most) = (least.unwrap_or(0), most.unwrap_or(0));
                ensure!(
                    most - least <= 1,
                    "{call} is unfair: one range has {} terms and another {}; they may differ by \
                     one term{overflow}",
                    shown(most),
                    shown(least)
                );
            }
        }
        Ok(())
    })
}

/// What to add where borders are far off and numbers are large: a product has probably lost its upper bits.
fn of_overflow(terms: &Range<u64>, ranges: &[Range<u64>]) -> &'static str {
    let (length, workers) = (terms.end - terms.start, ranges.len() as u64);
    let far = |(number, range): (usize, &Range<u64>)| {
        let right = u128::from(length) * (number as u128 + 1) / u128::from(workers);
        range.end.abs_diff(terms.start + right as u64) > (length / 8).max(1 << 32)
    };
    let large = terms.end.checked_mul(workers).is_none();
    if large && ranges.iter().enumerate().any(far) { "; this looks like an overflow" } else { "" }
}

/// `u64::MAX` by its name: its twenty digits tell nobody anything.
fn shown(number: u64) -> String {
    match u64::MAX - number {
        0 => "u64::MAX".to_owned(),
        below @ 1..=1000 => format!("u64::MAX - {below}"),
        _ => number.to_string(),
    }
}

fn shown_range(range: &Range<u64>) -> String {
    format!("{}..{}", shown(range.start), shown(range.end))
}

fn nth(number: usize) -> String {
    match number {
        0 => "first".to_owned(),
        1 => "second".to_owned(),
        2 => "third".to_owned(),
        number => format!("{}th", number + 1),
    }
}

fn ranges_in_words(ranges: u64) -> String {
    if ranges == 1 { "1 range".to_owned() } else { format!("{ranges} ranges") }
}
