//! What else a library costs, beside the time of a sum: the second table.

mod fine;
mod measured;
mod row;
mod table;
mod timer;

use course::{Document, Run};
use measure::Interval;
use serde::{Deserialize, Serialize};

pub(crate) use course::Seconds;
pub(crate) use measured::annotate;
pub(crate) use table::tables;
pub(crate) use timer::delays;

/// The share of the budget that the table of all lessons has.
pub(crate) const TABLE: f64 = 0.85;

/// Under this name they stand in the JSON, in each run that has some.
const FIELD: &str = "costs";

/// What a library costs, with as many workers as the table shows. All samples of one place in two lists are of
/// one round.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Costs {
    /// Seconds of a sum of next to nothing, handed out and got back.
    pub(crate) dispatch: Seconds,
    /// Seconds of a sum that takes one core some 50 microseconds.
    pub(crate) short: Seconds,
    /// Seconds of the same sum on one core, beside it.
    pub(crate) short_alone: Seconds,
    /// CPU seconds a second while it is called once a millisecond, and waits between two calls; null where the
    /// system does not tell.
    pub(crate) idle_cores: Option<Interval>,
    /// Seconds of a sum whose last terms cost most.
    pub(crate) uneven: Seconds,
    /// Seconds of the same sum by several tasks, each of which asks for its own; null where it cannot be had.
    pub(crate) nested: Option<Seconds>,
    /// Why it cannot.
    pub(crate) not_nested: Option<String>,
    /// Whether it was tried, and never came back.
    pub(crate) stuck: bool,
    /// How late timers were beside it; null where nobody asked.
    pub(crate) timer: Option<Delays>,
}

/// By how much a timer of a millisecond was late at worst, in seconds: in a runtime that has nothing else to do, and
/// while the library sums.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Delays {
    pub(crate) quiet: Seconds,
    pub(crate) summing: Seconds,
}

impl Costs {
    /// Those of a run, if they were measured.
    pub(crate) fn of(run: &Run) -> Option<Self> {
        serde_json::from_value(run.extra.get(FIELD)?.clone()).ok()
    }

    /// Writes them into a run.
    pub(crate) fn write(&self, run: &mut Run) {
        let value = serde_json::to_value(self).expect("costs are plain data");
        run.extra.insert(FIELD.to_owned(), value);
    }
}

/// The rows that have costs, with the names of their libraries, in reading order.
pub(crate) fn all(document: &Document) -> Vec<(&str, Costs)> {
    let runs = document.runs.iter();
    runs.filter_map(|run| Some((run.strategy.as_str(), Costs::of(run)?))).collect()
}
