//! Where the time of a sum on a device goes, and what the device costs before it adds anything: what stands below the
//! table.

mod measured;
mod table;

use course::{Document, Run, Seconds};
use measure::Interval;
use serde::{Deserialize, Serialize};

pub(crate) use measured::annotate;
pub(crate) use table::tables;

use crate::Facts;

/// The share of the budget that the table of all lessons has.
pub(crate) const TABLE: f64 = 0.75;

/// Under these names they stand in the JSON: in the document, and in each run on a device.
const DEVICE: &str = "device";
const COSTS: &str = "device_costs";
const PARTS: &str = "parts";

/// What a device costs before it adds anything. All samples of one place in two lists are of one round.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Costs {
    /// Seconds from the call to the answer of a sum of one term.
    pub(crate) dispatch: Seconds,
    /// Seconds of eight bytes back to this machine, without a dispatch.
    pub(crate) back: Seconds,
    /// Bytes a second that this machine sends to the device.
    pub(crate) sends: Interval,
    /// Bytes a second that the device reads and writes where it copies; null where it has no clock.
    pub(crate) copies: Option<Interval>,
    /// The sum of `strided` by so many workgroups.
    pub(crate) occupancy: Vec<Occupancy>,
}

/// What `strided` takes with so many workgroups.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Occupancy {
    pub(crate) workgroups: u32,
    /// Seconds on the device, by its clock; of the whole sum where it has none.
    pub(crate) seconds: Seconds,
}

/// Where the time of a sum went, in seconds. What was measured side by side adds up to `whole`.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Parts {
    /// From the call to the answer.
    pub(crate) whole: Seconds,
    /// Before the device was asked to sum: sending the numbers, or compiling.
    pub(crate) before: Seconds,
    /// From the beginning of the first dispatch to the end of the last, by the device's clock; null where it has none.
    pub(crate) kernel: Option<Seconds>,
    /// What is left: until the device begins, and until its end is noticed; null where the kernel is not known.
    pub(crate) dispatch: Option<Seconds>,
    /// Getting eight bytes back, as it was measured apart in the same round.
    pub(crate) back: Seconds,
}

impl Costs {
    /// Those of a document, if they were measured.
    pub(crate) fn of(document: &Document) -> Option<Self> {
        serde_json::from_value(document.extra.get(COSTS)?.clone()).ok()
    }

    fn write(&self, document: &mut Document) {
        let value = serde_json::to_value(self).expect("costs are plain data");
        document.extra.insert(COSTS.to_owned(), value);
    }
}

impl Parts {
    /// Those of a run, if they were measured.
    pub(crate) fn of(run: &Run) -> Option<Self> {
        serde_json::from_value(run.extra.get(PARTS)?.clone()).ok()
    }

    fn write(&self, run: &mut Run) {
        let value = serde_json::to_value(self).expect("parts are plain data");
        run.extra.insert(PARTS.to_owned(), value);
    }
}

/// The device of a document; `None` where there was none.
pub(crate) fn device(document: &Document) -> Option<Facts> {
    serde_json::from_value(document.extra.get(DEVICE)?.clone()).ok()
}

fn write_device(facts: Option<&Facts>, document: &mut Document) {
    let value = serde_json::to_value(facts).expect("facts are plain data");
    document.extra.insert(DEVICE.to_owned(), value);
}

/// The rows whose time was told apart, in reading order.
pub(crate) fn rows(document: &Document) -> Vec<(&Run, Parts)> {
    document.runs.iter().filter_map(|run| Some((run, Parts::of(run)?))).collect()
}

/// Times by numbers of workgroups, for the tests of what reads them.
#[cfg(test)]
pub(crate) fn made_up(times: &[(u32, f64)]) -> Vec<Occupancy> {
    let of = |&(workgroups, median): &(u32, f64)| {
        let samples: Vec<f64> =
            (0..12).map(|i| median * (1.0 + f64::from(i % 3 - 1) * 0.01)).collect();
        Occupancy { workgroups, seconds: Seconds::of(&samples).expect("there are some") }
    };
    times.iter().map(of).collect()
}
