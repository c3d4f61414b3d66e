//! The charts of a bench. The same [`Results`] give the same bytes.

mod answer;
mod caption;
mod contention;
mod curves;
mod ladder;
mod lessons;
mod lines;
mod overhead;
mod peers;
mod size;
mod speedup;
mod time_shares;
mod timeline;
mod words;

use course::gallery::Entry;

use crate::results::Results;

pub use lessons::lessons;
pub(crate) use words::terms;

/// One chart, with everything that a report needs to show it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chart {
    /// Its name, also that of its file without the ending: small letters, digits and hyphens only.
    pub name: String,
    /// Where in the report it belongs.
    pub section: Section,
    /// What was found, in a few words.
    pub title: String,
    /// What is drawn: the values, and over what.
    pub subtitle: String,
    /// What to see in it, in plain sentences with the measured numbers.
    pub reading: Vec<String>,
    /// A whole SVG document that also stands inside of an HTML page, as wide as a telephone.
    pub svg: String,
    /// The same for a page that has more room, where that shows more.
    pub wide: Option<String>,
    /// A document that stands alone, with title and subtitle above the drawing.
    pub file: String,
    /// The numbers behind it.
    pub table: Table,
}

/// The width of a drawing for where a telephone's is not enough.
const BROAD: f64 = 600.0;

/// The parts of the report, in reading order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Section {
    /// What the cores brought, kernel by kernel: the first thing of a report.
    Answer,
    /// More workers, the same sum.
    Scaling,
    /// More workers, and as much more to sum.
    Weak,
    /// Who worked when, and where the time went.
    Work,
    /// From how many terms on it is worth sharing.
    Size,
    /// What one dispatch costs.
    Overhead,
    /// Writing to the same place.
    Contention,
    /// Beside C++ and rayon.
    Peers,
    /// From an interpreter to ranks, one rung after the other.
    Ladder,
    /// What other lessons left, from runs of their own.
    Lessons,
}

/// The numbers behind a chart: a head, and rows that are as long as it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Table {
    /// The head of each column.
    pub columns: Vec<String>,
    pub rows: Vec<Vec<String>>,
}

/// All charts that `results` have the numbers for, in reading order.
pub fn charts(results: &Results) -> Vec<Chart> {
    charts_beside(results, None)
}

/// The same, with another machine in grey behind the speedups.
pub fn charts_beside(results: &Results, machine: Option<&Entry>) -> Vec<Chart> {
    [
        answer::answer(results).into_iter().collect(),
        speedup::scaling(results, machine),
        speedup::weak(results),
        timeline::timelines(results),
        time_shares::time_shares(results),
        size::size(results),
        overhead::overhead(results).into_iter().collect(),
        contention::contention(results),
        peers::peers(results),
        ladder::ladder(results).into_iter().collect(),
    ]
    .concat()
}
