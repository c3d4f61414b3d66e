//! Sentences that read the numbers of the table.

use course::{Document, Run};
use measure::Interval;

/// A row that is right.
fn row<'a>(document: &'a Document, name: &str) -> Option<&'a Run> {
    document.right().find(|run| run.strategy == name)
}

/// How many times as long as `short` a row takes: the median over the rounds, in each of which the two stood
/// side by side.
fn times_as_long(long: &Run, short: &Run) -> Option<f64> {
    let (long, short) = (long.seconds.as_ref()?, short.seconds.as_ref()?);
    let ratios: Vec<f64> = long.samples.iter().zip(&short.samples).map(|(a, b)| a / b).collect();
    Interval::of(&ratios).map(|interval| interval.median)
}

/// What the rows say about each other.
pub(crate) fn findings(document: &Document) -> Vec<String> {
    let row = |name| row(document, name);
    let mut found = Vec::new();
    if let (Some(rust), Some(c), Some(cxx)) = (row("rust"), row("c-whole"), row("cxx-whole"))
        && let (Some(c), Some(cxx)) = (times_as_long(c, rust), times_as_long(cxx, rust))
    {
        found.push(format!(
            "With one call for all terms, C takes {} times as long as Rust for the same instruction \
             set, and C++ {} times.",
            units::three_digits(c),
            units::three_digits(cxx)
        ));
    }
    if let (Some(whole), Some(each)) = (row("c-whole"), row("c-per-term"))
        && each.per_term() > whole.per_term()
    {
        found.push(format!(
            "A call for each term makes a term {} slower: {} instead of {}.",
            units::seconds(each.per_term() - whole.per_term()),
            units::seconds(each.per_term()),
            units::seconds(whole.per_term())
        ));
    }
    let speedup = row("rust").and_then(|rust| rust.speedup).map(|speedup| speedup.median);
    if let Some(speedup) = speedup.filter(|speedup| *speedup < 0.77) {
        found.push(format!(
            "The kernel's own loop is {} times as fast as the row rust: it may use {}, and the other \
             rows only what every such processor has.",
            units::three_digits(1.0 / speedup),
            units::instructions(&document.kernel.simd)
        ));
    }
    found
}
