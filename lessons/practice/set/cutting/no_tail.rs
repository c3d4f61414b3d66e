//! # No term left over
//!
//! How do you cut 100,003 terms for seven workers so that none is left over?
//!
//! To give every worker `terms / workers` terms looks right, and is, wherever the division leaves no remainder. Tests
//! use round numbers. So the tail is dropped, and the sum is a little too small for years.
//!
//! Counts: there is one range for each worker, in order; together they hold every term once, also where there are
//! `u64::MAX` of them; no range has more than one term more than another.
//!
//! Read: [threads](../../../threads/README.md), [faults, `dropped-tail`](../../../faults/README.md)

use std::ops::Range;

/// One range of `terms` terms for each of `workers` workers, of which there is at least one.
pub fn cut(terms: u64, workers: u64) -> Vec<Range<u64>> {
    // HOLE
    // The product may need more than 64 bits.
    let border = |number| (u128::from(terms) * u128::from(number) / u128::from(workers)) as u64;
    (0..workers).map(|number| border(number)..border(number + 1)).collect()
    // SKELETON right: leaves out
    //| let size = terms / workers;
    //| (0..workers).map(|number| number * size..(number + 1) * size).collect()
    // WRONG right: is unfair
    //| let size = terms / workers;
    //| let end = |number| if number + 1 == workers { terms } else { (number + 1) * size };
    //| (0..workers).map(|number| number * size..end(number)).collect()
    // WRONG right: beyond the last term
    //| let size = terms.div_ceil(workers);
    //| (0..workers).map(|number| number * size..(number + 1) * size).collect()
    // WRONG right: cut(u64::MAX, 2) leaves out 9223372036854775807..u64::MAX; this looks like an overflow
    //| let border = |number| terms * number / workers;
    //| (0..workers).map(|number| border(number)..border(number + 1)).collect()
    // END
}

// HINT Do not compute a size first, and the borders from it: a size is rounded, and the error adds up. Compute each
// border by itself.
// HINT Border number i lies at i / workers of all terms. Rounding down is fine, as long as the end of one range is
// computed exactly like the start of the next.
// HINT terms * i may not fit into 64 bits. It does fit into a u128.
// RULES
use std::ops::Range;

/// The ranges are looked at; nothing is summed.
pub fn rules() -> Rules {
    Rules::new().right("awkward numbers", |trial| {
        for terms in [0, 1, 2, 3, 5, 1000, 100_003, u64::MAX] {
            for workers in [1, 2, 3, 5, 7] {
                let call = format!("cut({}, {workers})", shown(terms));
                trial.calling(&call);
                let ranges = attempt::cut(terms, workers);
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
                let overflow = of_overflow(&(0..terms), &ranges);
                let mut reached = 0;
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
                        range.end <= terms,
                        "{call}: the {which} range, {given}, goes beyond the last term{overflow}"
                    );
                    reached = range.end;
                }
                ensure!(
                    reached == terms,
                    "{call} leaves out {}{overflow}",
                    shown_range(&(reached..terms))
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
