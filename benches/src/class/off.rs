use std::sync::LazyLock;

use regex::Regex;

/// How far a wrong answer was off, as the program reported it.
#[derive(Debug, Clone, PartialEq)]
pub struct Off {
    /// By how much.
    pub by: f64,
    /// Whether it was too small.
    pub is_small: bool,
    /// The same in words: `300,003 too small`.
    pub text: String,
    /// The sum that was asked for: `100,003 terms by 7 workers`; empty where it is that of the run.
    pub run: String,
}

/// As `measure` writes it: `the sum is 300,003 too small`, `the sum is 1.2e-7 too large`.
static DIFFERENCE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"\b([0-9][0-9,]*|[0-9](?:\.[0-9]+)?e-?[0-9]+) too (small|large)\b")
        .expect("it is one")
});

/// `(100,003 terms by 7 workers, --seed 7)`.
static RUN: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"\(([0-9,]+ terms? by [0-9,]+ workers?)\b").expect("it is one"));

impl Off {
    /// The difference in the `note` of a wrong row; `None` where it names none, as where nobody summed a wrong sum, but
    /// the ranges did not tile.
    pub(super) fn of(note: &str) -> Option<Self> {
        let found = DIFFERENCE.captures(note)?;
        let by = found[1].replace(',', "").parse().ok().filter(|by: &f64| by.is_finite())?;
        let run = RUN.captures(note).map(|found| found[1].to_owned());
        Some(Off {
            by,
            is_small: &found[2] == "small",
            text: found[0].to_owned(),
            run: run.unwrap_or_default(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_difference_and_its_run_are_found() {
        let note = "the sum is 300,003 too small, as much as the last 3 terms, 100,000..100,003 \
                    (100,003 terms by 7 workers, --seed 7); fix the code of this strategy";
        let off = Off::of(note).expect("it is there");
        assert_eq!(
            (off.by, off.is_small, off.text.as_str()),
            (300_003.0, true, "300,003 too small")
        );
        assert_eq!(off.run, "100,003 terms by 7 workers");
        let off = Off::of("the sum is 1.2e-7 too large; fix it").expect("it is there");
        assert_eq!((off.by, off.is_small, off.run.as_str()), (1.2e-7, false, ""));
    }

    #[test]
    fn a_note_without_a_difference_has_none() {
        let ranges = "the sum is right, but 2 terms too many: 4..6 were summed more than once";
        assert_eq!(Off::of(ranges), None);
        assert_eq!(Off::of(""), None);
    }
}
