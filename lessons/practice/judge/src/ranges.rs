use std::ops::Range;

use crate::ensure;

/// Whether `ranges` cut `terms` among so many workers: one for each, in order, together every term once, and none with
/// more than one term more than another.
///
/// # Errors
///
/// What is wrong with them, in words that begin with `call`.
pub fn cut_fairly(
    call: &str,
    terms: &Range<u64>,
    workers: u64,
    ranges: &[Range<u64>],
) -> Result<(), String> {
    let right =
        if workers == 1 { "1 range is".to_owned() } else { format!("{workers} ranges are") };
    ensure!(
        ranges.len() as u64 == workers,
        "{call} gives {}; {right} right",
        units::count(ranges.len() as u64, "range")
    );
    let overflow = of_overflow(terms, ranges);
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
    let (least, most) = (sizes.clone().min().unwrap_or(0), sizes.max().unwrap_or(0));
    ensure!(
        most - least <= 1,
        "{call} is unfair: one range has {} terms and another {}; they may differ by one term{overflow}",
        shown(most),
        shown(least)
    );
    Ok(())
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
pub fn shown(number: u64) -> String {
    match u64::MAX - number {
        0 => "u64::MAX".to_owned(),
        below @ 1..=1000 => format!("u64::MAX - {below}"),
        _ => number.to_string(),
    }
}

/// A range whose ends may be that.
pub fn shown_range(range: &Range<u64>) -> String {
    format!("{}..{}", shown(range.start), shown(range.end))
}

/// `first`, `second` and so on, counted from 0.
pub fn nth(number: usize) -> String {
    match number {
        0 => "first".to_owned(),
        1 => "second".to_owned(),
        2 => "third".to_owned(),
        number => format!("{}th", number + 1),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(terms: Range<u64>, workers: u64, ranges: &[Range<u64>]) -> String {
        cut_fairly("cut", &terms, workers, ranges).err().unwrap_or_default()
    }

    #[test]
    fn each_mistake_has_its_words() {
        assert_eq!(of(3..10, 2, &[3..6, 6..10]), "");
        assert_eq!(of(0..4, 1, &[]), "cut gives 0 ranges; 1 range is right");
        assert!(
            of(0..4, 2, &[1..2, 2..4]).ends_with("the first range is 1..2; it has to start at 0")
        );
        assert!(of(0..4, 2, &[0..2, 2..5]).contains("second range, 2..5, goes beyond"));
        assert_eq!(of(0..5, 2, &[0..2, 2..4]), "cut leaves out 4..5");
        assert!(
            of(0..5, 2, &[0..1, 1..5]).contains("is unfair: one range has 4 terms and another 1")
        );
        let all = 0..u64::MAX;
        assert!(of(all, 2, &[0..7, 7..u64::MAX]).ends_with("this looks like an overflow"));
        assert_eq!(shown_range(&(3..u64::MAX - 2)), "3..u64::MAX - 2");
    }
}
