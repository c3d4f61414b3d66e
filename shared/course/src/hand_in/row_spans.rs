use measure::Row;
use measure::audit::AuditedSpan;
use serde::{Deserialize, Serialize};

use super::WorkerSpan;

/// So many spans of one row are listed at most: a row that adds term by term has one for each.
const MOST: usize = 2048;

/// And so many of all rows.
const MOST_OF_ALL: usize = 32_768;

/// Which worker summed which terms in the audited run of one row.
///
/// The document's `audit` has the counts of each worker: its terms, its ranges, its times. From these alone nobody can
/// see whether the workers' ranges *tile* 0..terms: cover them with no gap and no overlap. These spans show it. They
/// are in the order of their first terms, and as many for each worker as its `ranges` say, so that the two can be
/// compared. Of a long list the first spans are here, and [`Unlisted`] counts the others; so those that are listed
/// tile all terms up to the end of the last, and the others have to hold exactly what is left.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RowSpans {
    /// The strategy.
    pub strategy: String,
    /// How many workers it was given.
    pub workers: usize,
    /// How many terms the audited run had; fewer than the timed ones where the row made too many spans.
    pub terms: u64,
    /// The spans, each as `first..end/worker`, with a blank between two.
    #[serde(with = "super::worker_span::line")]
    pub spans: Vec<WorkerSpan>,
    /// What is not listed; null where all are.
    pub unlisted: Option<Unlisted>,
}

/// What the spans that are not listed come to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unlisted {
    /// How many there are.
    pub spans: usize,
    /// How many terms are in them.
    pub terms: u64,
}

impl RowSpans {
    /// Those of a row, from all of its spans in order, of which `most` are listed.
    pub fn new(
        strategy: &str,
        workers: usize,
        terms: u64,
        all: &[WorkerSpan],
        most: usize,
    ) -> Self {
        let (listed, others) = all.split_at(all.len().min(most));
        let unlisted = Unlisted {
            spans: others.len(),
            terms: others.iter().map(|span| span.end.saturating_sub(span.first)).sum(),
        };
        RowSpans {
            strategy: strategy.to_owned(),
            workers,
            terms,
            spans: listed.to_vec(),
            unlisted: (!others.is_empty()).then_some(unlisted),
        }
    }

    /// Whether the spans cover 0..terms with no gap and no overlap, as far as they are listed; those that are not
    /// have to hold what is left.
    pub fn tiles(&self) -> bool {
        let reached = self.spans.iter().try_fold(0, |reached, span| {
            (span.first == reached && span.end > reached).then_some(span.end)
        });
        let unlisted = self.unlisted.map_or(0, |unlisted| unlisted.terms);
        reached.and_then(|reached: u64| reached.checked_add(unlisted)) == Some(self.terms)
    }
}

/// The spans of all rows that were audited.
pub fn row_spans(rows: &[Row]) -> Vec<RowSpans> {
    let mut left = MOST_OF_ALL;
    let of_row = |row: &Row| {
        let audit = row.audit.as_ref().filter(|audit| audit.complete)?;
        let span = |span: &AuditedSpan| WorkerSpan {
            first: span.range.start,
            end: span.range.end,
            worker: span.worker,
        };
        let all: Vec<WorkerSpan> = audit.spans.iter().map(span).collect();
        let terms = row.audited_terms.unwrap_or(row.terms);
        let (name, workers) = (&row.strategy, row.workers.get());
        let spans = RowSpans::new(name, workers, terms, &all, MOST.min(left));
        left -= spans.spans.len();
        Some(spans)
    };
    rows.iter().filter_map(of_row).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(terms: u64, spans: &[(u64, u64)]) -> RowSpans {
        let span = |&(first, end): &(u64, u64)| WorkerSpan { first, end, worker: 0 };
        RowSpans::new("scoped", 2, terms, &spans.iter().map(span).collect::<Vec<_>>(), MOST)
    }

    #[test]
    fn gaps_overlaps_and_short_lists_do_not_tile() {
        assert!(row(10, &[(0, 4), (4, 10)]).tiles());
        assert!(row(0, &[]).tiles());
        for spans in [&[(0, 4), (5, 10)][..], &[(0, 5), (4, 10)], &[(0, 4)], &[(1, 10)], &[]] {
            assert!(!row(10, spans).tiles(), "{spans:?}");
        }
        assert!(!row(10, &[(0, 4), (4, 4), (4, 10)]).tiles(), "nobody sums nothing");
    }

    #[test]
    fn a_long_list_is_cut_and_what_is_left_out_is_counted() {
        let spans: Vec<_> = (0..5000).map(|i| (2 * i, 2 * i + 2)).collect();
        let mut row = row(10_000, &spans);
        assert_eq!(row.spans.len(), MOST);
        let left = Unlisted { spans: 5000 - MOST, terms: 10_000 - 2 * MOST as u64 };
        assert_eq!(row.unlisted, Some(left));
        assert!(row.tiles());
        row.unlisted = Some(Unlisted { terms: u64::MAX, ..left });
        assert!(!row.tiles());
    }

    #[test]
    fn all_spans_are_one_line_of_the_file() {
        let row = row(10, &[(0, 4), (4, 10)]);
        let text = serde_json::to_string_pretty(&row).expect("plain data");
        assert!(text.contains("\"spans\": \"0..4/0 4..10/0\""), "{text}");
        assert_eq!(serde_json::from_str::<RowSpans>(&text).expect("the same"), row);
    }
}
