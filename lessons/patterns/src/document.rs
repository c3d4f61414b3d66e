use course::{Control, Document, KernelFacts, Measurements, Run, WholeBaseline};
use kernels::{Known, Primes};
use measure::machine::Machine;
use measure::{Interval, Row};
use serde::Serialize;
use serde_json::Value;

use crate::pattern::Info;
use crate::session::{Measured, SUM_ONLY};
use crate::table_kind::TableKind;

/// Everything that was seen: what the lesson's document holds.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Observations {
    pub(crate) seed: u64,
    pub(crate) machine: Machine,
    /// Null if nobody asked for it, false if the system refused.
    pub(crate) pinned: Option<bool>,
    pub(crate) notes: Vec<String>,
    pub(crate) tables: Vec<TableFacts>,
    /// The rows of all tables; `pattern` and `bins` of a run say of which.
    pub(crate) runs: Vec<Run>,
}

/// What the rows of one table have in common.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct TableFacts {
    pattern: &'static str,
    terms: u64,
    /// Of a histogram.
    pub(crate) bins: Option<u64>,
    skew: Option<u64>,
    /// What stands for all results: the last prefix sum, or the sum of all keys.
    expected: String,
    baseline: Option<WholeBaseline>,
    controls: Option<Vec<Control>>,
    /// What a sum of all terms takes, in parts of the baseline's time: the first half of what some rows do.
    sum_only: Option<Interval>,
}

/// A table as the report reads it.
pub(crate) struct TableDocument {
    pub(crate) kind: TableKind,
    /// The numbers, in the form that all tables of strategies have. Its kernel is a stand-in: nothing but its
    /// number of terms means anything here.
    pub(crate) document: Document,
    /// A sum of all terms, in parts of the baseline's time.
    pub(crate) sum_only: Option<Interval>,
    pub(crate) expected: String,
}

impl TableDocument {
    /// What was measured of a table on `machine`.
    pub(crate) fn new(table: &Measured, machine: &Machine, pinned: Option<bool>) -> Self {
        let mut results = table.results();
        let sum_only = sum_only(&results.rows);
        results.rows.retain(|row| row.strategy != SUM_ONLY);
        let kernel = KernelFacts {
            name: Primes::NAME, // No simple ceiling bounds it.
            terms: table.subject.terms(),
            bytes_per_term: 0,
            expected: String::new(),
            simd: machine.simd.clone(),
        };
        let mut content = Measurements::new(machine.clone(), kernel, true, &results);
        content.pinned = pinned;
        let rows = table.subject.rows();
        if let Some(baseline) = &mut content.baseline {
            baseline.strategy = rows[0].name();
        }
        for run in &mut content.runs {
            let info = rows.iter().find(|row| row.name() == run.strategy);
            let summed = table.summed(&run.strategy, run.workers);
            info.into_iter().for_each(|info| annotate(run, table.kind, info, summed, sum_only));
        }
        let expected = table.subject.answer().to_string();
        let document = Document::new("patterns", content);
        TableDocument { kind: table.kind, document, sum_only, expected }
    }

    /// What its rows have in common.
    pub(crate) fn facts(&self) -> TableFacts {
        let drawn = self.kind.drawn();
        TableFacts {
            pattern: self.kind.pattern().as_str(),
            terms: self.document.kernel.terms,
            bins: drawn.map(|drawn| drawn.bins),
            skew: drawn.map(|drawn| drawn.skew),
            expected: self.expected.clone(),
            baseline: self.document.baseline.clone(),
            controls: self.document.controls.clone(),
            sum_only: self.sum_only,
        }
    }
}

/// What a sum of all terms takes in parts of the baseline's time, round by round.
fn sum_only(rows: &[Row]) -> Option<Interval> {
    let row = rows.iter().find(|row| row.strategy == SUM_ONLY && row.complaint.is_none())?;
    let parts: Vec<f64> = row.speedups.iter().map(|speedup| 1.0 / speedup).collect();
    row.interval(&parts)
}

/// What this lesson alone knows of a run: of which table it is; how many additions it did for each term, as the
/// audit counted them; and how many times as fast as one core that lets it be.
fn annotate(
    run: &mut Run,
    kind: TableKind,
    info: &Info,
    summed: Option<u64>,
    sum_only: Option<Interval>,
) {
    run.cpu_seconds = None; // It would hold the clearing and the looking, too.
    let mut put = |name: &str, value: Value| drop(run.extra.insert(name.to_owned(), value));
    put("pattern", kind.pattern().as_str().into());
    put("bins", kind.drawn().map(|drawn| drawn.bins).into());
    let (TableKind::Scan, Some(summed), true) = (kind, summed, run.terms > 0) else { return };
    let again = summed as f64 / run.terms as f64;
    let workers = run.workers as f64;
    put(WORK, (1.0 + again).into());
    put(BOUND, (workers / (1.0 + again)).into());
    let priced = sum_only.map(|price| workers / (1.0 + again * price.median));
    put(BOUND_BY_TIME, priced.into());
    let time = Some(run.time()).filter(|time| time.is_finite() && info.memory_accesses > 0);
    run.bytes_per_second = time.map(|time| (8 * info.memory_accesses * run.terms) as f64 / time);
}

/// Additions for each term.
pub(crate) const WORK: &str = "work";
/// Workers over work: the largest speedup, if all additions took the same time.
pub(crate) const BOUND: &str = "bound";
/// The same where an addition that writes nothing counts as much as it takes.
pub(crate) const BOUND_BY_TIME: &str = "bound_by_time";

/// What is known of a run under one of these names.
pub(crate) fn known(run: &Run, name: &str) -> Option<f64> {
    run.extra.get(name)?.as_f64()
}
