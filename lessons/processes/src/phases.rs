//! Where the time of a sum among processes goes.

use course::{Document, phases_table};

/// The phases of a sum, in their order. A strategy reports them as events to the audit.
pub(crate) const STARTING: &str = "starting";
pub(crate) const SENDING: &str = "sending";
pub(crate) const SUMMING: &str = "summing";
pub(crate) const COLLECTING: &str = "collecting";

/// Puts the start of a pool, once before all sums, among the phases of its rows.
pub(crate) fn annotate(document: &mut Document) {
    for run in &mut document.runs {
        let start = run.start_seconds.unwrap_or_default();
        if let Some(phases) = run.phases.as_mut() {
            let reported = |name: &str| phases.get(name);
            let starting = if run.start_seconds.is_some() { start } else { reported(STARTING) };
            let rest = [SENDING, SUMMING, COLLECTING].map(|name| (name, reported(name)));
            let all = [(STARTING, starting)].into_iter().chain(rest);
            phases.0 = all.map(|(name, seconds)| (name.to_owned(), seconds)).collect();
        }
    }
}

/// The phases of the rows, with as many workers as the most; empty where no row has any.
pub(crate) fn table(document: &Document) -> String {
    let most = document.runs.iter().map(|run| run.workers).max();
    phases_table(document.runs.iter().filter(|run| Some(run.workers) == most))
}
