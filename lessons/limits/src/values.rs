//! Values that only this lesson's options and files have.

use std::ops::RangeInclusive;
use std::str::FromStr;

use crate::simulator::Plan;

/// The number that `text` is, if it is one of those that are allowed.
pub(crate) fn within<T: FromStr + PartialOrd>(text: &str, allowed: RangeInclusive<T>) -> Option<T> {
    text.trim().parse().ok().filter(|number| allowed.contains(number))
}

/// Worker counts of the simulator, in rising order. They are on paper, so there may be many.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Counts(pub(crate) Vec<usize>);

impl Counts {
    /// Reads `4`, `1,2,4`, `1..8` (both ends) and `ladder` (1, 2, 4, ... 64).
    pub(crate) fn parse(text: &str) -> Result<Self, String> {
        let mut counts = Vec::new();
        for part in text.split(',').map(str::trim) {
            match (part, part.split_once("..")) {
                ("ladder", _) => counts.extend((0..7).map(|step| 1 << step)),
                (_, Some((first, last))) => {
                    let (first, last) = (count(first)?, count(last)?);
                    if first > last {
                        return Err(
                            "a range of workers goes upwards; for example: -w 2..5".to_owned()
                        );
                    }
                    counts.extend(first..=last);
                }
                (one, None) => counts.push(count(one)?),
            }
        }
        counts.sort_unstable();
        counts.dedup();
        if counts.len() > MOST_COUNTS {
            return Err(format!(
                "at most {MOST_COUNTS} worker counts at a time; for example: -w 1,8,64"
            ));
        }
        Ok(Counts(counts))
    }
}

const MOST_COUNTS: usize = 64;

fn count(text: &str) -> Result<usize, String> {
    let most = Plan::MOST_WORKERS;
    within(text, 1..=most).ok_or_else(|| {
        format!(
            "a worker count is a number from 1 to {most}; for example: -w 16, -w 1,8,64 or -w 1..8"
        )
    })
}

/// A time with its unit, in seconds: `50us`, `1.5 ms`.
pub(crate) fn time(text: &str) -> Result<f64, String> {
    let text = text.trim();
    let units = [("ns", 1e-9), ("us", 1e-6), ("ms", 1e-3), ("s", 1.0)];
    let found = units.iter().find_map(|(unit, size)| Some((text.strip_suffix(unit)?, size)));
    let seconds = found.and_then(|(number, size)| Some(within(number, 0.0..=f64::MAX)? * size));
    seconds.filter(|seconds| *seconds <= LONGEST).ok_or_else(|| {
        "a time is a number with its unit, up to 1000 s; for example: 50us".to_owned()
    })
}

const LONGEST: f64 = 1000.0;

/// How many blocks.
pub(crate) fn blocks(text: &str) -> Result<usize, String> {
    let most = Plan::MOST_BLOCKS;
    let count =
        course::options::values::terms(text).ok().and_then(|count| usize::try_from(count).ok());
    count.filter(|count| (1..=most).contains(count)).ok_or_else(|| {
        format!("the number of blocks is from 1 to {most}; for example: --blocks 1000")
    })
}

/// A worker and how many times slower it is: `3:2.5`.
pub(crate) fn slow(text: &str) -> Result<(usize, f64), String> {
    let pair = text.split_once(':').and_then(|(worker, times)| {
        Some((worker.trim().parse().ok()?, within(times, 1.0..=1000.0)?))
    });
    pair.ok_or_else(|| {
        "a slow core is its worker and how many times as long it takes, 1 to 1000; for example: \
         --slow 3:2.5"
            .to_owned()
    })
}

/// A worker and when its core vanishes: `3@2ms`.
pub(crate) fn vanish(text: &str) -> Result<(usize, f64), String> {
    let pair = text
        .split_once('@')
        .and_then(|(worker, at)| Some((worker.trim().parse().ok()?, time(at).ok()?)));
    pair.ok_or_else(|| {
        "a core that vanishes is its worker and when, with a unit; for example: --vanish 3@2ms"
            .to_owned()
    })
}

/// A number of times, from 1.
pub(crate) fn distance(text: &str) -> Result<f64, String> {
    within(text, 1.0..=1000.0).ok_or_else(|| {
        "a distance is a number from 1 to 1000; for example: --distance 1.6".to_owned()
    })
}

/// How many nodes.
pub(crate) fn nodes(text: &str) -> Result<usize, String> {
    let most = Plan::MOST_WORKERS;
    within(text, 1..=most)
        .ok_or_else(|| format!("the number of nodes is from 1 to {most}; for example: --nodes 2"))
}

/// How many cores the memory feeds.
pub(crate) fn ceiling(text: &str) -> Result<f64, String> {
    within(text, 0.1..=1e6).ok_or_else(|| {
        "the memory feeds a number of cores, 0.1 or more; for example: --ceiling 6".to_owned()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn worker_counts_are_read() {
        assert_eq!(Counts::parse("ladder").expect("a good list").0, [1, 2, 4, 8, 16, 32, 64]);
        assert_eq!(Counts::parse("4096, 2..4,3").expect("a good list").0, [2, 3, 4, 4096]);
        for text in ["0", "4097", "", "x", "5..2", "1..", "-1", "1..65"] {
            assert!(Counts::parse(text).expect_err(text).contains("for example: -w"), "{text}");
        }
    }

    #[test]
    fn times_have_units() {
        for (text, seconds) in [("50us", 50e-6), ("1.5 ms", 1.5e-3), ("0ns", 0.0), ("2 s", 2.0)] {
            assert!((time(text).expect(text) - seconds).abs() < 1e-15, "{text}");
        }
        for text in ["50", "us", "-1us", "nanns", "inf s", "1001s", "1 h", ""] {
            assert!(time(text).is_err(), "{text}");
        }
    }

    #[test]
    fn pairs_are_read() {
        assert_eq!(slow("3:2.5"), Ok((3, 2.5)));
        assert_eq!(vanish("0@1ms"), Ok((0, 1e-3)));
        for text in ["3", "3:", ":2", "3:0.5", "3:nan", "-1:2"] {
            assert!(slow(text).is_err(), "{text}");
        }
        for text in ["3", "3@", "@1ms", "3@1", "3@-1ms"] {
            assert!(vanish(text).is_err(), "{text}");
        }
    }
}
