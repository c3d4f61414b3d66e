//! What if the answer is not one number?
//!
//! Two patterns beside the sum: prefix sums (`scan`), whose answer is as long as their input, and histograms
//! (`histogram`), whose answer is a table. One strategy a file, in reading order.
//!
//! What the rows of a table work on is a `pattern`; who wrote what is seen by a `recorder` and judged by
//! `tiling`; the `session` checks, times and audits them, and the rest reports.

mod recorder;
mod tiling;

mod pattern;

mod scan;

mod histogram;

mod your_turn;

mod subject;
mod table_kind;

mod options;

mod check;
mod session;

mod document;
mod findings;
mod report;

mod lesson;

pub use histogram::{
    Histogram, histogram_atomics, histogram_private, histogram_sequential, histogram_sort,
};
pub use lesson::Patterns;
pub use recorder::{Act, Recorder};
pub use scan::{Scan, scan_look_back, scan_one_range_more, scan_sequential, scan_three_phases};
pub use your_turn::your_turn;

/// What the lesson asks.
const QUESTION: &str = "what if the answer is not one number?";
