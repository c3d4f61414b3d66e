use std::fmt;
use std::ops::Range;

use super::Audit;

/// Which terms were not summed exactly once.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Coverage {
    missing: Vec<Range<u64>>,
    repeated: Vec<Range<u64>>,
}

impl Coverage {
    /// What the spans of `audit` leave out of 0..`terms`, and what they hold more than once.
    pub(super) fn of(audit: &Audit, terms: u64) -> Self {
        let mut coverage = Coverage::default();
        let mut reached = 0;
        for span in &audit.spans {
            let Range { start, end } = span.range;
            if start > reached {
                coverage.missing.push(reached..start);
            }
            if start < reached {
                add(&mut coverage.repeated, start..end.min(reached));
            }
            reached = reached.max(end);
        }
        if reached < terms {
            coverage.missing.push(reached..terms);
        }
        coverage
    }
}

/// Adds a range that begins no earlier than those before it, as a part of the last where they touch.
fn add(ranges: &mut Vec<Range<u64>>, range: Range<u64>) {
    match ranges.last_mut() {
        Some(last) if range.start <= last.end => last.end = last.end.max(range.end),
        _ => ranges.push(range),
    }
}

/// `3 terms too few: 100,000..100,003 were never summed`.
impl fmt::Display for Coverage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let few = (!self.missing.is_empty()).then(|| list(&self.missing, "few", "never summed"));
        let many = (!self.repeated.is_empty())
            .then(|| list(&self.repeated, "many", "summed more than once"));
        let all: Vec<String> = few.into_iter().chain(many).collect();
        f.write_str(&all.join(", and "))
    }
}

fn list(ranges: &[Range<u64>], amount: &str, what: &str) -> String {
    let terms: u64 = ranges.iter().map(|range| range.end - range.start).sum();
    let shown = |number| units::grouped(number);
    let first = format!("{}..{}", shown(ranges[0].start), shown(ranges[0].end));
    let more = match ranges.len() {
        1 => String::new(),
        some => format!(" and {}", units::count(some as u64 - 1, "more range")),
    };
    let were = if terms == 1 { "was" } else { "were" };
    format!("{} too {amount}: {first}{more} {were} {what}", units::count(terms, "term"))
}

#[cfg(test)]
mod tests {
    use kernels::{Integers, Kernel, Known, Workers};

    use super::*;
    use crate::audit::Audited;

    fn of(ranges: &[Range<u64>], terms: u64) -> String {
        let kernel = Audited::new(Integers::new(terms).expect("few terms"));
        for range in ranges {
            kernel.sum(range.clone());
        }
        Coverage::of(&kernel.finish(Workers::ONE), terms).to_string()
    }

    #[test]
    fn a_dropped_tail_is_named() {
        assert_eq!(
            of(&[0..50_000, 50_000..100_000], 100_003),
            "3 terms too few: 100,000..100,003 were never summed"
        );
        assert_eq!(of(&[1..4, 4..10], 10), "1 term too few: 0..1 was never summed");
    }

    #[test]
    fn gaps_and_overlaps_are_told_apart() {
        assert_eq!(of(&[0..6, 4..10], 10), "2 terms too many: 4..6 were summed more than once");
        assert_eq!(
            of(&[0..2, 3..5, 6..10, 8..9], 11),
            "3 terms too few: 2..3 and 2 more ranges were never summed, and 1 term too many: 8..9 \
             was summed more than once"
        );
    }
}
