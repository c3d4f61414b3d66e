//! Sentences that read the numbers of the table.

use course::{Document, Run};
use measure::Interval;
use units::{instructions, seconds, three_digits};

/// What the rows say about each other.
pub(crate) fn findings(document: &Document) -> Vec<String> {
    [languages(document), call_per_term(document), wide(document)].into_iter().flatten().collect()
}

/// How C and C++ compare with Rust.
fn languages(document: &Document) -> Option<String> {
    let ratio = |name| row(document, name)?.times_as_long_as(row(document, "rust")?);
    Some(format!(
        "With one call for all terms, and for the same instruction set, C {}, and C++ {}.",
        beside_rust(ratio("c-whole")?),
        beside_rust(ratio("cxx-whole")?)
    ))
}

/// `takes 1.23 times as long as Rust (1.10 to 1.30)`, or that this can't be told.
fn beside_rust(ratio: Interval) -> String {
    let (Some(low), Some(high)) = (ratio.low, ratio.high) else {
        return "was timed in too few rounds to be compared with Rust".to_owned();
    };
    let range = format!("{} to {}", three_digits(low), three_digits(high));
    if low <= 1.0 && 1.0 <= high {
        format!("can't be told from Rust ({range} times as long)")
    } else {
        format!("takes {} times as long as Rust ({range})", three_digits(ratio.median))
    }
}

/// What the sum loses where each term is a call.
fn call_per_term(document: &Document) -> Option<String> {
    let (whole, each) = (row(document, "c-whole")?, row(document, "c-per-term")?);
    let slower = each.times_as_long_as(whole)?.low? > 1.0;
    slower.then(|| {
        format!(
            "A call for each term makes a term {} slower: {} instead of {}.",
            seconds(each.per_term() - whole.per_term()),
            seconds(each.per_term()),
            seconds(whole.per_term())
        )
    })
}

/// Where the kernel's own loop may use wider instructions than the rows.
fn wide(document: &Document) -> Option<String> {
    let speedup = row(document, "rust")?.speedup?;
    (speedup.high? < 0.77).then(|| {
        format!(
            "The kernel's own loop is {} times as fast as the row rust: it may use {}, and the other \
             rows only what every such processor has.",
            three_digits(1.0 / speedup.median),
            instructions(&document.kernel.simd)
        )
    })
}

/// A row that is right.
fn row<'a>(document: &'a Document, name: &str) -> Option<&'a Run> {
    document.right().find(|run| run.strategy == name)
}

#[cfg(test)]
mod tests {
    use course::{Seconds, made_up};
    use kernels::{Integers, Known};

    use super::*;

    /// A row whose rounds took these times, in milliseconds.
    fn row(strategy: &str, milliseconds: [f64; 7]) -> Run {
        let samples = milliseconds.map(|one| one * 1e-3).to_vec();
        let interval = Interval::of(&samples).expect("there are rounds");
        let run = made_up::run(strategy, 1, interval.median);
        Run { seconds: Some(Seconds { interval, samples }), ..run }
    }

    fn document(c: [f64; 7]) -> Document {
        let even = [10.0, 10.1, 10.2, 10.0, 9.9, 9.8, 10.0];
        let rows = vec![row("rust", even), row("c-whole", c), row("cxx-whole", even)];
        made_up::document("ffi", Integers::NAME, rows)
    }

    #[test]
    fn languages_whose_interval_holds_one_are_not_told_apart() {
        // Seen: "C takes 1.23 times as long as Rust" under rounds that differed by 266 %.
        let text = languages(&document([4.0, 30.0, 12.3, 12.4, 12.2, 9.0, 40.0]));
        assert!(text.expect("all rows are there").contains("C can't be told from Rust"));
    }

    #[test]
    fn a_clear_ratio_is_said_with_its_range() {
        let text = languages(&document([12.0, 12.1, 12.2, 12.3, 12.0, 12.1, 12.2]));
        let text = text.expect("all rows are there");
        assert!(text.contains("C takes 1.21 times as long as Rust (1.20 to"), "{text}");
        assert!(text.contains("C++ can't be told from Rust (1.00 to 1.00"), "{text}");
    }

    #[test]
    fn wider_instructions_are_the_reason_only_where_every_interval_says_so() {
        let with = |high| {
            let speedup = Interval { median: 0.4, low: Some(0.3), high: Some(high) };
            let mut document = document([10.0; 7]);
            document.runs[0].speedup = Some(speedup);
            wide(&document)
        };
        assert!(with(0.5).is_some_and(|text| text.contains("2.50 times as fast")));
        assert_eq!(with(1.1), None);
    }
}
