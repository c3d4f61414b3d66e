//! The known answer, found in another way by code that shares nothing with the rows.

use std::collections::BTreeMap;
use std::fmt::Write;

use crate::record::{LARGEST, LONGEST_NAME};

/// The file that a right program writes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KnownFile {
    /// How many records there are.
    pub records: u64,
    /// The sum of all distances, in tenths.
    pub total: u128,
    /// All of it, byte for byte.
    pub text: String,
}

/// The answer for a file whose bad lines are left out.
pub fn answer(text: &[u8]) -> KnownFile {
    let lines = text.split_inclusive(|byte| *byte == b'\n');
    let readings: Vec<(&str, i64)> = lines.filter_map(reading).collect();
    let mut counts: BTreeMap<i64, i128> = BTreeMap::new();
    for (_, tenths) in &readings {
        *counts.entry(*tenths).or_default() += 1;
    }
    let distances = distances(&counts);
    let (mut text, mut total) = (String::new(), 0);
    for (station, tenths) in &readings {
        let (distance, sign) = (distances[tenths], if *tenths < 0 { "-" } else { "" });
        let (whole, tenth) = (tenths.abs() / 10, tenths.abs() % 10);
        let _ = writeln!(text, "{station};{sign}{whole}.{tenth};{distance}");
        total += distance.unsigned_abs();
    }
    let _ = writeln!(text, "{total}");
    KnownFile { records: readings.len() as u64, total, text }
}

/// For each value the sum of the distances to all: what lies below and what lies above it, each as so
/// many times the value, less the sum of the others.
fn distances(counts: &BTreeMap<i64, i128>) -> BTreeMap<i64, i128> {
    let weight = |(value, count): (&i64, &i128)| i128::from(*value) * count;
    let (all, sum): (i128, i128) = (counts.values().sum(), counts.iter().map(weight).sum());
    let (mut below, mut sum_below) = (0, 0);
    let mut distances = BTreeMap::new();
    for (value, count) in counts {
        let here = i128::from(*value);
        let (above, sum_above) = (all - below, sum - sum_below);
        distances.insert(*value, below * here - sum_below + sum_above - above * here);
        below += count;
        sum_below += weight((value, count));
    }
    distances
}

/// A line with its end, if it is a record.
fn reading(line: &[u8]) -> Option<(&str, i64)> {
    let line = str::from_utf8(line).ok()?;
    let line = line.strip_suffix('\n').unwrap_or(line);
    let line = line.strip_suffix('\r').unwrap_or(line);
    let (station, value) = line.split_once(';')?;
    if station.is_empty() || station.len() > LONGEST_NAME || station.contains(|c| c < ' ') {
        return None;
    }
    let value: f64 = value.parse().ok()?;
    // With one decimal place it must read back as what it was.
    let text = format!("{value:.1}");
    let exact = value.abs() <= LARGEST && text.parse() == Ok(value);
    exact.then(|| text.replace('.', "").parse().ok())?.map(|tenths| (station, tenths))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn three_readings_by_hand() {
        // 1.0, 2.5 and -0.5: distances 15 and 15; 15 and 30; 15 and 30.
        let known = answer(b"a;1\r\nb;2.5\nno record\nc;-0.5");
        assert_eq!(known.text, "a;1.0;30\nb;2.5;45\nc;-0.5;45\n120\n");
        assert_eq!((known.records, known.total), (3, 120));
    }

    #[test]
    fn nothing_has_no_distances() {
        assert_eq!(answer(b"").text, "0\n");
    }
}
