//! Why a hand-in is not believed.
//!
//! A program that writes a document reckons some of its numbers from others, and cannot write certain numbers at all.
//! Each fault names two that do not fit. This is a look at what is plausible, and no proof: whoever knows all of these
//! rules can write a file by hand that follows them.

mod audit;
mod exercises;
mod files;
mod intervals;
mod spans;
mod sums;
mod times;

use course::{Document, HandIn, Run};
use units::count;

use super::known::KnownAnswers;

/// So many faults of one file are shown.
const MOST: usize = 6;

/// Everything that does not fit, in words; nothing where all of it may be true.
pub(super) fn faults(
    hand_in: &HandIn,
    document: Option<&Document>,
    known: &KnownAnswers,
) -> Vec<String> {
    let mut found = files::faults(hand_in);
    if let Some(document) = document {
        if document.lesson != hand_in.lesson {
            found.push(format!(
                "its document is one of {}, and not of {}",
                document.lesson, hand_in.lesson
            ));
        }
        found.extend(sums::faults(document, known));
        found.extend(times::faults(document));
        found.extend(intervals::faults(document));
        found.extend(audit::faults(document, &hand_in.arguments));
        found.extend(spans::faults(document, hand_in.spans.as_deref()));
    }
    if let Some(exercises) = &hand_in.exercises {
        found.extend(exercises::faults(exercises, hand_in));
    }
    if found.len() > MOST {
        let more = found.len() - MOST;
        found.truncate(MOST);
        found.push(format!("and {}", count(more as u64, "more fault")));
    }
    found
}

/// How a run is called.
fn title(run: &Run) -> String {
    format!("{} with {}", run.strategy, count(run.workers as u64, "worker"))
}

/// Whether two numbers that were reckoned alike are the same, but for the last digits.
fn same(one: f64, other: f64) -> bool {
    one == other || (one - other).abs() <= 1e-6 * one.abs().max(other.abs())
}
