//! The sentences that this lesson can say of its numbers. Each rests on intervals.

mod histogram;
mod scan;

use course::{Document, Run};
use measure::Interval;
use units::{count, three_digits};

pub(crate) use self::histogram::between_tables;
use crate::document::TableDocument;
use crate::table_kind::TableKind;

/// What the numbers of a table say.
pub(crate) fn findings(table: &TableDocument) -> Vec<String> {
    match table.kind {
        TableKind::Scan => scan::findings(table),
        TableKind::Histogram(_) => histogram::findings(table),
    }
}

/// Two rows with as many workers as there are cores, and more than one.
fn pair<'d>(document: &'d Document, one: &str, other: &str) -> Option<(&'d Run, &'d Run)> {
    let (one, other) = (shared(document, one)?, shared(document, other)?);
    (one.workers == other.workers).then_some((one, other))
}

/// A row that several workers shared.
fn shared<'d>(document: &'d Document, name: &str) -> Option<&'d Run> {
    let usable = document.machine.usable_cores;
    let run = document.main_run(name)?;
    (run.workers > 1 && run.workers <= usable && run.is_shared()).then_some(run)
}

/// `with 2 workers`.
fn with_workers(run: &Run) -> String {
    format!("with {}", count(run.workers as u64, "worker"))
}

/// `1.30x (1.25 to 1.34)`; `None` without an interval.
fn ratio_in_words(ratio: Interval) -> Option<String> {
    let (low, high) = (three_digits(ratio.low?), three_digits(ratio.high?));
    Some(format!("{}x ({low} to {high})", three_digits(ratio.median)))
}

/// Which of two rows was quicker, and by how much; `None` where the rounds cannot tell.
enum Quicker {
    /// The first, so many times.
    First(String),
    /// The second, so many times.
    Second(String),
}

impl Quicker {
    fn of(first: &Run, second: &Run) -> Option<Self> {
        let ratio = second.times_as_long_as(first)?;
        if ratio.is_above(1.0) {
            return Some(Quicker::First(ratio_in_words(ratio)?));
        }
        let ratio = first.times_as_long_as(second).filter(|ratio| ratio.is_above(1.0))?;
        Some(Quicker::Second(ratio_in_words(ratio)?))
    }
}
