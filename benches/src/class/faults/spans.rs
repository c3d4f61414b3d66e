use course::hand_in::RowSpans;
use course::{Document, Run};
use measure::verdict::Verdict;

use super::title;

/// The spans of each run beside its audit.
pub(super) fn faults(document: &Document, all: Option<&[RowSpans]>) -> Vec<String> {
    let mut found = Vec::new();
    for row in all.into_iter().flatten() {
        let run = document
            .runs
            .iter()
            .find(|run| run.strategy == row.strategy && run.workers == row.workers);
        match run {
            None => found.push(format!("it has spans of {}, and no such row", row.strategy)),
            Some(run) => {
                found.extend(fault(run, row).map(|fault| format!("{}: {fault}", title(run))))
            }
        }
    }
    found
}

fn fault(run: &Run, row: &RowSpans) -> Option<&'static str> {
    if run.verdict != Verdict::Right {
        return None;
    }
    if row.terms > run.terms {
        return Some("its spans are of more terms than it has");
    }
    if !row.tiles() {
        return Some("its spans do not tile its terms");
    }
    let unlisted = row.unlisted.is_some();
    for worker in &run.audit {
        let mine = || row.spans.iter().filter(|span| span.worker == worker.worker);
        let terms: u64 = mine().map(|span| span.end - span.first).sum();
        let (spans, fits) = (mine().count(), if unlisted { u64::le } else { u64::eq });
        if !fits(&terms, &worker.terms)
            || spans > worker.ranges
            || !unlisted && spans != worker.ranges
        {
            return Some("its spans are not those of its audit");
        }
    }
    let strangers =
        row.spans.iter().any(|span| run.audit.iter().all(|worker| worker.worker != span.worker));
    strangers.then_some("a worker has spans that is not in its audit")
}
