//! What is written with `--json`, and read back.

mod control;
mod device;
mod kernel;
mod queries;
mod run;

use std::ops::{Deref, DerefMut};

use measure::machine::{Kind, Machine};
use measure::{Results, Row, counters};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

pub(crate) use control::ALIKE;
pub use control::Control;
pub use device::Device;
pub use kernel::{KernelFacts, WholeBaseline};
pub(crate) use queries::YOURS;
use run::Given;
pub use run::{AuditEntry, Phases, Run, Seconds};

/// The version of the form that all documents have.
const SCHEMA: u32 = 2;

fn schema() -> u32 {
    SCHEMA
}

/// The result of a lesson: the JSON of `--json`.
///
/// All lessons write and read this one type; what differs is the content, which for tables of strategies
/// are [`Measurements`]. Counts and times are numbers, sums are strings. Fields that do not apply are
/// null; a reader ignores fields that it does not know, and what only describes may be missing.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Document<T = Measurements> {
    /// The version of the form.
    #[serde(default = "schema")]
    pub schema: u32,
    /// The lesson's name.
    pub lesson: String,
    /// The version of the program; empty where a file names none.
    #[serde(default)]
    pub version: String,
    #[serde(flatten)]
    content: T,
}

impl<T> Document<T> {
    /// The document of `lesson`.
    pub fn new(lesson: &str, content: T) -> Self {
        let version = env!("CARGO_PKG_VERSION").to_owned();
        Document { schema: SCHEMA, lesson: lesson.to_owned(), version, content }
    }
}

impl<T> Deref for Document<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.content
    }
}

impl<T> DerefMut for Document<T> {
    fn deref_mut(&mut self) -> &mut T {
        &mut self.content
    }
}

impl<T: Serialize> Document<T> {
    /// The JSON, with a line break at its end.
    pub fn to_json(&self) -> String {
        serde_json::to_string_pretty(self).expect("a document is plain data") + "\n"
    }
}

impl<T: DeserializeOwned> Document<T> {
    /// Reads a document back.
    ///
    /// # Errors
    ///
    /// What is wrong with the text: it is no JSON, of another schema, or something is missing in it.
    pub fn parse(text: &str) -> Result<Self, String> {
        #[derive(Deserialize)]
        #[serde(expecting = "an object with the fields of a document")]
        struct Head {
            schema: Option<u32>,
        }
        let wrong =
            |error: serde_json::Error| format!("it is no result of a lesson (--json): {error}");
        let head: Head = serde_json::from_str(text).map_err(wrong)?;
        match head.schema {
            None | Some(SCHEMA) => serde_json::from_str(text).map_err(wrong),
            Some(1) => Err("it is of schema 1, in which `of_control` and `cores` followed the slowest \
                            worker; since schema 2 they follow what all workers did together, so the \
                            two cannot be compared: measure again"
                .to_owned()),
            Some(other) => Err(format!("it is of schema {other}, and this program reads {SCHEMA}")),
        }
    }
}

/// What a table of strategies measured.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Measurements {
    /// What the order of the rows in a round was drawn from.
    #[serde(default)]
    pub seed: Option<u64>,
    /// Where it ran.
    pub machine: Machine,
    /// What was summed.
    pub kernel: KernelFacts,
    /// The best sequential run.
    pub baseline: Option<WholeBaseline>,
    /// What the machine gave to several workers at once.
    pub controls: Option<Vec<Control>>,
    /// Whether workers were pinned to cores; null if nobody asked, false if the system refused.
    #[serde(default)]
    pub pinned: Option<bool>,
    /// What else there is to say of the whole run.
    #[serde(default)]
    pub notes: Vec<String>,
    /// Why some of what was to be counted was not, and what can be done about it; null where nothing is missing, or
    /// nobody asked for it.
    #[serde(default)]
    pub counters_missing: Option<String>,
    /// One entry per strategy and worker count.
    pub runs: Vec<Run>,
    /// What only the lesson knows of the whole run.
    #[serde(flatten)]
    pub extra: Map<String, Value>,
}

impl Measurements {
    /// What `results` show of `kernel` on `machine`.
    pub fn new(
        machine: Machine,
        kernel: KernelFacts,
        with_baseline: bool,
        results: &Results,
    ) -> Self {
        let baseline = results.interval(&results.baseline);
        let controls: Vec<Control> = results
            .controls
            .iter()
            .filter_map(|(workers, rounds)| Control::of(workers.get(), rounds, results.looks))
            .collect();
        let machine = Machine { kinds: kinds(&machine, &kernel, &controls), ..machine };
        let cores = |row: &Row| {
            let control = controls.iter().find(|control| control.workers == row.workers.get());
            control.map(|control| control.cores.median)
        };
        let alone = baseline.map(|seconds| seconds.median);
        let counted = results
            .rows
            .iter()
            .filter_map(|row| Some((row.strategy.as_str(), row.counters.as_ref()?)));
        let run = |row| Run::new(row, &kernel, &machine, Given { alone, cores: cores(row) });
        Measurements {
            baseline: baseline
                .map(|seconds| WholeBaseline { strategy: "simd".to_owned(), seconds }),
            seed: None,
            pinned: None,
            notes: Vec::new(),
            counters_missing: counters::missing(counted),
            runs: results.rows.iter().map(run).collect(),
            extra: Map::new(),
            controls: with_baseline.then_some(controls),
            machine,
            kernel,
        }
    }
}

/// The kinds of cores, as the control of all of them tells. Not of what a host lends, and not of what waits for
/// memory: that may be nearer to some.
fn kinds(machine: &Machine, kernel: &KernelFacts, controls: &[Control]) -> Vec<Kind> {
    let knows = machine.virtual_machine != Some(true) && kernel.bytes_per_term == 0;
    let all = controls.iter().find(|control| control.workers == machine.usable_cores && knows);
    all.map(Control::kinds).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::made_up::{integers, run};

    #[test]
    fn the_kinds_of_cores_are_in_the_document() {
        let of = |change: fn(&mut Machine)| {
            let mut made_up = integers(Vec::new());
            made_up.machine.usable_cores = 8;
            change(&mut made_up.machine);
            let rates = [[1.0; 4], [0.4; 4]].concat();
            let given = measure::Capacity { rates, on_core: Some(vec![1.0; 8]) };
            let all = kernels::Workers::new(8).expect("eight");
            let controls = [(all, vec![given])].into();
            let results = Results { baseline: vec![0.01], controls, ..Results::default() };
            let (machine, kernel) = (made_up.machine.clone(), made_up.kernel.clone());
            Measurements::new(machine, kernel, true, &results).machine.kinds
        };
        let kind = |cores, speed| Kind { cores, speed };
        assert_eq!(of(|_| ()), [kind(4, 1.0), kind(4, 0.4)]);
        assert_eq!(
            of(|machine| machine.virtual_machine = Some(true)),
            [],
            "the host may lend less of some"
        );
        assert_eq!(of(|machine| machine.usable_cores = 16), [], "not all were at work");
    }

    #[test]
    fn a_document_of_schema_1_is_refused_with_the_reason() {
        let text = integers(vec![run("scoped", 2, 0.005)]).to_json();
        assert!(text.contains("\"schema\": 2"), "{text}");
        assert!(Document::<Measurements>::parse(&text).is_ok());
        let refused = |schema: &str| {
            let text = text.replacen("\"schema\": 2", schema, 1);
            Document::<Measurements>::parse(&text).expect_err("another schema")
        };
        let old = refused("\"schema\": 1");
        assert!(
            old.contains("followed the slowest worker") && old.contains("measure again"),
            "{old}"
        );
        assert!(refused("\"schema\": 3").contains("schema 3"));
    }
}
