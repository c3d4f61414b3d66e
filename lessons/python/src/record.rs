//! What the last `setup` left: which Python, and which rungs it could build.

use std::collections::BTreeMap;
use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::io;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::interpreter::Interpreter;
use crate::place;
use crate::rung::{Built, Rung, rung};

/// The record, as it lies beside what was made.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Record {
    /// The Python that the virtual environment was made from.
    pub base: Interpreter,
    /// The Python of the environment.
    pub python: PathBuf,
    /// What the environment was made from, as a number: the requirements and the Python.
    pub made_from: u64,
    /// Each package: its version, or why it is not there.
    pub packages: BTreeMap<String, Result<String, String>>,
    /// Each rung that had to be built.
    pub rungs: BTreeMap<String, Outcome>,
    /// A Python without the lock.
    pub free_threaded: Option<Interpreter>,
}

/// How building a rung ended.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Outcome {
    /// Why the rung is lost; `None` if it is there.
    pub lost: Option<String>,
    /// How long that took.
    pub seconds: f64,
    /// What it was built from, as a number.
    pub made_from: u64,
}

impl Record {
    /// The record in the folder `made`. `None` where there is none, or none that can be read.
    pub fn read(made: &Path) -> Option<Record> {
        let text = fs::read_to_string(path(made)).ok()?;
        serde_json::from_str(&text).ok()
    }

    /// Leaves the record: all of it or nothing.
    ///
    /// # Errors
    ///
    /// Those of the file system.
    pub fn write(&self, made: &Path) -> io::Result<()> {
        let text = serde_json::to_string_pretty(self).map_err(io::Error::other)? + "\n";
        let file = tempfile::NamedTempFile::new_in(made)?;
        fs::write(file.path(), text)?;
        file.persist(path(made)).map_err(|error| error.error)?;
        Ok(())
    }

    /// The Python to run a rung with; why there is none, where there is none.
    pub fn python_for(&self, of: &Rung) -> Result<PathBuf, String> {
        if !self.python.is_file() {
            return Err(format!("{} is gone", self.python.display()));
        }
        for package in of.needs {
            if let Some(Err(reason)) = self.packages.get(*package) {
                return Err(format!("{package} was not installed: {reason}"));
            }
        }
        let builds = match of.built {
            Built::Nothing => return Ok(self.python.clone()),
            Built::With(_) => of,
            Built::As(other) => rung(other).expect("a rung stands for one of the table"),
        };
        match self.rungs.get(builds.name) {
            None => Err("it was not built".to_owned()),
            Some(Outcome { lost: Some(reason), .. }) => Err(reason.clone()),
            Some(outcome) if outcome.made_from != made_from(builds) => {
                Err(format!("what {} is built from has changed since", builds.name))
            }
            Some(_) => Ok(self.python.clone()),
        }
    }
}

fn path(made: &Path) -> PathBuf {
    made.join("setup.json")
}

/// A number for all that a rung is built from: another number, other sources.
pub fn made_from(rung: &Rung) -> u64 {
    let lesson = place::lesson();
    let module = rung.module();
    let mut files = vec![lesson.join("build.py"), lesson.join(rung.file())];
    files.extend(["border.h", "checked.py"].map(|file| lesson.join("rungs").join(file)));
    if module.starts_with("cffi") {
        files.push(lesson.join(format!("rungs/{module}_build.py")));
    }
    match module.as_str() {
        "pyo3" => {
            files.extend(
                ["Cargo.toml", "Cargo.lock"].map(|file| lesson.join("rungs/pyo3").join(file)),
            );
        }
        "ctypes" | "cffi" => files.extend(["c/kernels.c", "c/kernels.h"].map(in_ffi)),
        "ctypes_rust" | "cffi_rust" => {
            files.extend(
                ["summing/summing.h", "summing/src/sums.rs", "summing/src/border.rs"].map(in_ffi),
            );
        }
        _ => {}
    }
    number_of(files.iter().map(|file| fs::read(file).unwrap_or_default()))
}

/// A number for the environment: the requirements, and the Python that it is made from.
pub fn environment(base: &Interpreter, requirements: &str) -> u64 {
    let python = format!("{} {}", base.path.display(), base.number());
    number_of([python.into_bytes(), requirements.as_bytes().to_vec()].into_iter())
}

fn in_ffi(file: &str) -> PathBuf {
    place::lesson().join("../ffi").join(file)
}

fn number_of(contents: impl Iterator<Item = Vec<u8>>) -> u64 {
    let mut hasher = DefaultHasher::new();
    contents.for_each(|content| content.hash(&mut hasher));
    hasher.finish()
}
