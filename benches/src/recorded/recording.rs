use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::{fs, io};

use course::Document;

use super::of_the_bench::texts;
use crate::program::root;
use crate::results::Results;

/// A run, as it was recorded.
#[derive(Debug, Clone)]
pub struct Recorded {
    /// What it printed.
    pub text: String,
    /// Its document; `None` where only the text is kept.
    pub document: Option<Document>,
}

impl Recorded {
    pub(super) fn document(&self) -> Result<&Document, String> {
        self.document.as_ref().ok_or_else(|| "the run has no document".to_owned())
    }
}

/// All runs of a recording, by their names.
#[derive(Debug, Clone, Default)]
pub struct Recording {
    runs: BTreeMap<String, Recorded>,
}

impl Recording {
    /// The recording of the workspace.
    pub fn folder() -> PathBuf {
        root().join("lessons/recorded/runs")
    }

    /// Reads every run in `folder`: `NAME.txt`, and `NAME.json` where there is a document; and the bench and its ladder
    /// from the `results.json` beside that folder, if there is one.
    ///
    /// # Errors
    ///
    /// The file that cannot be read, and why.
    pub fn load(folder: &Path) -> Result<Self, String> {
        let mut runs = BTreeMap::new();
        let files =
            fs::read_dir(folder).map_err(|cause| format!("{}: {cause}", folder.display()))?;
        for entry in files {
            let path = entry.map_err(|cause| format!("{}: {cause}", folder.display()))?.path();
            if path.extension().is_some_and(|ending| ending == "txt") {
                let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
                let text = read(&path)?;
                let document = document(&path.with_extension("json"))?;
                runs.insert(name, Recorded { text, document });
            }
        }
        let results = folder.with_file_name("results.json");
        if results.exists() {
            let results = Results::load(&results).map_err(|why| why.to_string())?;
            runs.extend(texts(&results).map(|(name, run)| (name.to_owned(), run)));
        }
        Ok(Recording { runs })
    }

    /// These runs.
    pub fn of<const N: usize>(runs: [(&str, Recorded); N]) -> Self {
        Recording { runs: runs.into_iter().map(|(name, run)| (name.to_owned(), run)).collect() }
    }

    /// The names of all runs.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.runs.keys().map(String::as_str)
    }

    /// The run of this name.
    ///
    /// # Errors
    ///
    /// That there is none.
    pub fn run(&self, name: &str) -> Result<&Recorded, String> {
        self.runs.get(name).ok_or_else(|| format!("no run {name} was recorded"))
    }
}

fn read(path: &Path) -> Result<String, String> {
    fs::read_to_string(path).map_err(|cause| format!("{}: {cause}", path.display()))
}

fn document(path: &Path) -> Result<Option<Document>, String> {
    match fs::read_to_string(path) {
        Err(cause) if cause.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(cause) => Err(format!("{}: {cause}", path.display())),
        Ok(text) => {
            let parsed = Document::parse(&text);
            parsed.map(Some).map_err(|cause| format!("{}: {cause}", path.display()))
        }
    }
}
