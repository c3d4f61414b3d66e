//! A class in one sentence.

use units::count;

use super::section::{Section, Tally};
use crate::text::listed;

/// What came of a section: `41 hand-ins from 3 kinds of machines: 38 right, 30 parallel, 22 fast; 6 on machines that
/// cannot tell.`
pub(super) fn answer(section: &Section<'_>) -> String {
    let tally = section.tally();
    let handed_in = count(section.entries.len() as u64, "hand-in");
    let kinds = section.kinds().len();
    let from = match kinds {
        0 => String::new(),
        1 => " from one kind of machine".to_owned(),
        several => format!(" from {several} kinds of machines"),
    };
    let with = if section.is_of_exercises() {
        format!(" with {}", count(tally.all as u64, "exercise"))
    } else {
        String::new()
    };
    let what = format!("{handed_in}{with}{from}");
    let Tally { right, parallel, fast, open, .. } = tally;
    let open = match open {
        0 => String::new(),
        open => format!("; {open} on machines that cannot tell"),
    };
    if tally.no_verdict == tally.all {
        return format!("{what}, of a lesson without verdicts.");
    }
    // Where each row has one worker, nobody asks.
    let parallel = match section.asks_for_workers() {
        true => format!(", {parallel} parallel"),
        false => String::new(),
    };
    format!("{what}: {right} right{parallel}, {fast} fast{open}.")
}

/// What became of those that are not right: `The others: 2 wrong and 1 failed.` `None` where all are, or nobody judges.
pub(super) fn the_others(tally: Tally) -> Option<String> {
    let part = |number: usize, what: &str| (number > 0).then(|| format!("{number} {what}"));
    let parts: Vec<String> = [
        part(tally.wrong, "wrong"),
        part(tally.failed, "failed"),
        part(tally.not_added, "folded or unaudited"),
        part(tally.not_run, "not run"),
        part(tally.no_verdict, "without a verdict"),
    ]
    .into_iter()
    .flatten()
    .collect();
    (!parts.is_empty() && tally.no_verdict < tally.all)
        .then(|| format!("The others: {}.", listed(&parts)))
}
