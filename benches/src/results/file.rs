use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::Results;

/// A file that is not the results of a bench.
#[derive(Debug, thiserror::Error)]
pub enum Unreadable {
    /// The system would not read it.
    #[error("{} could not be read: {cause}; give the path of a results file", path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// The system's answer.
        cause: io::Error,
    },

    /// It is no JSON, or its fields are not those of results.
    #[error(
        "{} is damaged, or no results of a bench: {cause}; run `cargo bench` to make new ones",
        path.display()
    )]
    Damaged {
        /// The file.
        path: PathBuf,
        /// What was found.
        cause: String,
    },

    /// It was written by another version.
    #[error(
        "{} has schema {found}, and this program reads {} at most; use the version that wrote it, \
         or run `cargo bench` again",
        path.display(), Results::SCHEMA
    )]
    Schema {
        /// The file.
        path: PathBuf,
        /// The schema that it names.
        found: u64,
    },
}

impl Results {
    /// Reads results that were saved.
    ///
    /// # Errors
    ///
    /// [`Unreadable`], which names the file and what is wrong with it.
    pub fn load(path: &Path) -> Result<Self, Unreadable> {
        let damaged = |cause: String| Unreadable::Damaged { path: path.to_owned(), cause };
        let bytes =
            fs::read(path).map_err(|cause| Unreadable::File { path: path.to_owned(), cause })?;
        let text = course::text_of(&bytes).map_err(damaged)?;
        let json: serde_json::Value =
            serde_json::from_str(text).map_err(|error| damaged(error.to_string()))?;
        // What it is comes before what is in it: other schemas have other fields.
        if json["kind"] != Results::KIND {
            return Err(damaged(format!("its field `kind` is not \"{}\"", Results::KIND)));
        }
        match json["schema"].as_u64() {
            Some(schema) if readable(schema) => {}
            Some(found) => return Err(Unreadable::Schema { path: path.to_owned(), found }),
            None => return Err(damaged("its field `schema` is no number".to_owned())),
        }
        serde_json::from_value(json).map_err(|error| damaged(error.to_string()))
    }

    /// The text of the file.
    pub fn to_json(&self) -> String {
        serde_json::to_string(self).expect("results are plain data") + "\n"
    }
}

fn readable(schema: u64) -> bool {
    u32::try_from(schema).is_ok_and(|schema| Results::READABLE.contains(&schema))
}
