//! Sentences that read the numbers of the table.

use shared::report::{Document, units};

/// The time of one term, in a row that is right.
fn per_term(document: &Document, name: &str) -> Option<f64> {
    document.right().find(|run| run.strategy == name).map(|run| run.per_term())
}

/// What the rows say about each other.
pub(crate) fn findings(document: &Document) -> Vec<String> {
    let time = |name| per_term(document, name);
    let mut found = Vec::new();
    if let (Some(rust), Some(c), Some(cxx)) = (time("rust"), time("c-whole"), time("cxx-whole")) {
        found.push(format!(
            "With one call for all terms, C takes {} times as long as Rust for the same instruction \
             set, and C++ {} times.",
            units::three_digits(c / rust),
            units::three_digits(cxx / rust)
        ));
    }
    if let (Some(whole), Some(each)) = (time("c-whole"), time("c-per-term"))
        && each > whole
    {
        found.push(format!(
            "A call for each term makes a term {} slower: {} in the place of {}.",
            units::seconds(each - whole),
            units::seconds(each),
            units::seconds(whole)
        ));
    }
    if let (Some(rust), Some(best)) = (time("rust"), time("your-turn"))
        && rust > 1.3 * best
    {
        found.push(format!(
            "The kernel's own loop is {} times as fast as the row rust: it may use {}, and the other \
             rows only what every such processor has.",
            units::three_digits(rust / best),
            units::instructions(document.kernel.simd)
        ));
    }
    found
}
