use std::str::FromStr;
use std::sync::Arc;

use measure::Error;
use units::{count, grouped, three_digits};

use crate::histogram::{Drawn, HistogramData};
use crate::options::Options;
use crate::pattern::{Info, Pattern};
use crate::scan::ScanData;
use crate::subject::{Of, Subject};

/// What one table is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum TableKind {
    /// Prefix sums.
    Scan,
    /// Counts in bins.
    Histogram(Drawn),
}

/// A pattern, as `--pattern` names it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum PatternName {
    Scan,
    Histogram,
}

impl PatternName {
    pub(crate) const ALL: [PatternName; 2] = [PatternName::Scan, PatternName::Histogram];

    pub(crate) fn as_str(self) -> &'static str {
        match self {
            PatternName::Scan => "scan",
            PatternName::Histogram => "histogram",
        }
    }

    /// What `--list` says of it.
    pub(crate) fn about(self) -> &'static str {
        match self {
            PatternName::Scan => "prefix sums: result i is the sum of the numbers 0 to i",
            PatternName::Histogram => "how many keys there are of each kind",
        }
    }

    /// Its rows, in reading order.
    pub(crate) fn rows(self) -> Vec<Info> {
        match self {
            PatternName::Scan => ScanData::rows().iter().map(|row| row.info).collect(),
            PatternName::Histogram => HistogramData::rows().iter().map(|row| row.info).collect(),
        }
    }
}

impl FromStr for PatternName {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        PatternName::ALL.into_iter().find(|pattern| pattern.as_str() == text).ok_or_else(|| {
            "the patterns are scan and histogram; for example: --pattern scan".to_owned()
        })
    }
}

impl TableKind {
    /// The tables that `options` ask for: those of which a row is wanted.
    pub(crate) fn wanted(options: &Options) -> Vec<TableKind> {
        let wants = |pattern: PatternName| {
            let named = options.pattern.is_none_or(|only| only == pattern);
            named && pattern.rows().iter().any(|row| options.wants(&row.name()))
        };
        let scan = wants(PatternName::Scan).then_some(TableKind::Scan);
        let drawn = options.bins().into_iter().map(|bins| Drawn { bins, skew: options.skew });
        let histograms = drawn.filter(|_| wants(PatternName::Histogram)).map(TableKind::Histogram);
        scan.into_iter().chain(histograms).collect()
    }

    pub(crate) fn pattern(self) -> PatternName {
        match self {
            TableKind::Scan => PatternName::Scan,
            TableKind::Histogram(_) => PatternName::Histogram,
        }
    }

    /// How its keys are drawn, if it has keys.
    pub(crate) fn drawn(self) -> Option<Drawn> {
        match self {
            TableKind::Scan => None,
            TableKind::Histogram(drawn) => Some(drawn),
        }
    }

    /// How many terms there are unless told otherwise.
    pub(crate) fn default_terms(self) -> u64 {
        match self {
            TableKind::Scan => 4_000_000,
            TableKind::Histogram(_) => 2_000_000, // Some of its rows are slow.
        }
    }

    /// The data of so many terms.
    ///
    /// # Errors
    ///
    /// Where there is not so much memory.
    pub(crate) fn subject(self, terms: u64, seed: u64) -> Result<Arc<dyn Subject>, Error> {
        Ok(match self {
            TableKind::Scan => Arc::new(Of::new(ScanData::new(terms, seed)?)),
            TableKind::Histogram(drawn) => {
                Arc::new(Of::new(HistogramData::new(terms, drawn, seed)?))
            }
        })
    }

    /// What stands above the table.
    pub(crate) fn title(self, terms: u64) -> String {
        let megabytes = |bytes: f64| format!("{} MB", three_digits(terms as f64 * bytes * 1e-6));
        match self {
            TableKind::Scan => format!(
                "Prefix sums of {}: {} read, {} written",
                count(terms, "number"),
                megabytes(8.0),
                megabytes(8.0)
            ),
            TableKind::Histogram(Drawn { bins, skew }) => {
                let drawn = match skew {
                    0 => "all bins alike".to_owned(),
                    skew => format!("low bins more often (--skew {skew})"),
                };
                format!(
                    "A histogram of {} in {} bins: {} read; {drawn}",
                    count(terms, "key"),
                    grouped(bins),
                    megabytes(4.0)
                )
            }
        }
    }
}
