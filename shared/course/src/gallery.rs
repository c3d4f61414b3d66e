//! Recorded runs of other machines: how far each curve of speedups went there.
//!
//! An [`Entry`] is one JSON file, named for the [`Kind`] of machine that it stands for. It holds what may be compared
//! across machines, the shape of a curve and its share of what the machine gave, and what the [rules](Entry::faults)
//! need to see whether such a run can have been.

mod curve;
mod kind;
mod rules;

use std::path::Path;

use measure::Error;
use measure::machine::Machine;
use serde::{Deserialize, Serialize};
use serde_json::Value;

pub use curve::{MachineCurve, MachinePoint};
pub use kind::Kind;

/// One machine of the gallery.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Entry {
    /// [`Entry::FORMAT`]: tells this file from other JSON.
    pub format: String,
    /// [`Entry::SCHEMA`].
    pub schema: u32,
    /// What the machine stands for.
    pub kind: Kind,
    /// The day of the run, UTC: `2026-11-29`.
    pub recorded: String,
    /// The commit that was measured.
    pub commit: String,
    /// The machine, as the run described it.
    pub machine: Machine,
    /// One curve for each kernel and strategy.
    pub curves: Vec<MachineCurve>,
}

/// What to do about a file that is no entry.
const REMEDY: &str = "make one with `cargo run -p benches -- gallery add RESULTS.json`";

impl Entry {
    /// What the field `format` says.
    pub const FORMAT: &'static str = "sum-of-parts machine";

    /// The version of the format.
    pub const SCHEMA: u32 = 1;

    /// The entry of `kind` in the folder of a gallery.
    ///
    /// # Errors
    ///
    /// [`Error::Usage`] where the gallery has none, with those that it has; else as [`Entry::load`].
    pub fn of_kind(folder: &Path, kind: Kind) -> Result<Self, Error> {
        let path = folder.join(kind.file_name());
        if !path.exists() {
            let there = Kind::ALL.into_iter().filter(|kind| folder.join(kind.file_name()).exists());
            let there: Vec<&str> = there.map(Kind::name).collect();
            return Err(Error::Usage(format!(
                "no machine of the kind {} has been recorded yet; there is {}",
                kind.name(),
                if there.is_empty() { "none".to_owned() } else { there.join(", ") }
            )));
        }
        let entry = Entry::load(&path)?;
        if entry.kind == kind {
            Ok(entry)
        } else {
            Err(refused(&path, format!("its kind is {}", entry.kind)))
        }
    }

    /// Reads an entry and holds it against the rules.
    ///
    /// # Errors
    ///
    /// [`Error::Input`] where the file cannot be read, [`Error::Data`] with all that speaks against it.
    pub fn load(path: &Path) -> Result<Self, Error> {
        let text = crate::read_text(path, REMEDY)?;
        let parsed = Entry::parse(&text).and_then(|entry| match entry.faults() {
            faults if faults.is_empty() => Ok(entry),
            faults => Err(faults.join("; ")),
        });
        let refused =
            |cause| Error::Data { path: path.to_owned(), line: None, cause, remedy: REMEDY };
        parsed.map_err(refused)
    }

    fn parse(text: &str) -> Result<Self, String> {
        let json: Value = serde_json::from_str(text).map_err(|error| error.to_string())?;
        if json["format"] != Entry::FORMAT {
            return Err(format!("its field `format` is not \"{}\"", Entry::FORMAT));
        }
        if json["schema"] != Entry::SCHEMA {
            return Err(format!("its schema is {}, not {}", json["schema"], Entry::SCHEMA));
        }
        let entry: Entry =
            serde_json::from_value(json.clone()).map_err(|error| error.to_string())?;
        // Whatever else is in a file may be nobody's business.
        let known = serde_json::to_value(&entry).expect("an entry is plain data");
        match rules::unknown_field(&json, &known, "") {
            Some(field) => Err(format!("the field {field} is none of an entry's")),
            None => Ok(entry),
        }
    }

    /// The text of the file, a curve a line.
    pub fn to_json(&self) -> String {
        let curves =
            self.curves.iter().map(|curve| serde_json::to_string(curve).expect("plain data"));
        let curves: Vec<String> = curves.map(|curve| format!("    {curve}")).collect();
        let bare = Entry { curves: Vec::new(), ..self.clone() };
        let text = serde_json::to_string_pretty(&bare).expect("plain data");
        let curves = format!("\"curves\": [\n{}\n  ]", curves.join(",\n"));
        text.replace("\"curves\": []", &curves) + "\n"
    }

    /// The curve of this kernel and strategy.
    pub fn curve(&self, kernel: &str, strategy: &str) -> Option<&MachineCurve> {
        self.curves.iter().find(|curve| curve.kernel == kernel && curve.strategy == strategy)
    }

    /// The machine in a few words: `AMD EPYC, 2 cores`.
    pub fn title(&self) -> String {
        let cores = units::count(self.machine.usable_cores as u64, "core");
        format!("{}, {cores}", self.machine.cpu)
    }

    /// Whose curve it is, and what may be compared: `In grey: scoped on a virtual machine ...`.
    pub fn sentence(&self, whose: &str) -> String {
        format!(
            "{whose} on {} ({}), recorded on {}. Compare the shapes, and the shares of what each machine \
             gave; the times of two machines say nothing about your code.",
            self.kind.title(),
            self.machine.cpu,
            self.recorded
        )
    }
}

fn refused(path: &Path, cause: String) -> Error {
    Error::Data { path: path.to_owned(), line: None, cause, remedy: REMEDY }
}

#[cfg(test)]
mod tests;
