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
    let all = all.unwrap_or_default();
    let missing = document.runs.iter().find(|run| is_missing(run, all));
    found.extend(missing.map(|run| format!("{}: its spans are missing", title(run))));
    found
}

/// A row whose worker jumps about makes more spans than there is room for, and then none are listed.
const FEW_SPANS: usize = 10_000;

/// A right row, under audit, of which nobody says who summed which terms.
fn is_missing(run: &Run, all: &[RowSpans]) -> bool {
    let ranges = run.audit.iter().fold(0_usize, |sum, worker| sum.saturating_add(worker.ranges));
    let is_listed = |row: &RowSpans| row.strategy == run.strategy && row.workers == run.workers;
    run.verdict == Verdict::Right && (1..FEW_SPANS).contains(&ranges) && !all.iter().any(is_listed)
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
