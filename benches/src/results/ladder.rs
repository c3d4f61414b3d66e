use course::Device;
use measure::Interval;
use serde::{Deserialize, Serialize};

/// The ladder of the course, measured on one machine, one lesson after the other.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Ladder {
    /// When it began: date and time, UTC, as in RFC 3339.
    pub began: String,
    /// The processor.
    pub cpu: String,
    /// How many cores there were for the rungs with several workers.
    pub usable_cores: usize,
    /// The rungs that were measured, in order.
    pub steps: Vec<Step>,
    /// The others: `lesson: row`, and why.
    pub missing: Vec<(String, String)>,
}

impl Ladder {
    /// The device of the rung that a device summed, where that was measured.
    pub fn device(&self) -> Option<&Device> {
        self.steps.iter().find_map(|step| step.device.as_ref())
    }

    /// The rungs that were not measured, each with its reason; `None` where there are none.
    pub fn missing_in_words(&self) -> Option<String> {
        let missing = self.missing.iter().map(|(rung, why)| format!("{rung} ({why})"));
        (!self.missing.is_empty()).then(|| missing.collect::<Vec<_>>().join("; "))
    }
}

/// A rung that was measured.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Step {
    pub lesson: String,
    pub row: String,
    /// How many workers summed.
    pub workers: usize,
    pub terms: u64,
    /// Seconds of the whole sum.
    pub seconds: Interval,
    /// The device that summed; `None` where it was the cores, and in files of before there were devices.
    #[serde(default)]
    pub device: Option<Device>,
}

impl Step {
    /// Seconds of one term.
    pub fn per_term(&self) -> Interval {
        self.seconds.over(self.terms.max(1) as f64)
    }

    /// Whether a program on the cores did what a device would: then nothing follows from its time.
    pub fn is_in_software(&self) -> bool {
        self.device.as_ref().is_some_and(Device::is_software)
    }
}
