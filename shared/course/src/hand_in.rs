//! What a learner hands in: one file with a result, and with the code that gave it.

mod checkout;
mod exercise;
mod file;
mod learner_file;
mod places;
mod row_spans;
mod worker_span;

use std::path::Path;

use measure::Error;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use checkout::Checkout;
pub use exercise::{JudgedExercise, Speed};
pub use file::{Contents, HandInFile};
pub use learner_file::{LearnerFile, MOST_BYTES};
pub use row_spans::{RowSpans, Unlisted, row_spans};
pub use worker_span::WorkerSpan;

use crate::{Document, read_text};

/// The version of the format.
const FORMAT: u32 = 1;

/// What to do about a file that is none.
const REMEDY: &str = "hand in a file that a lesson wrote with --hand-in";

/// A result as it is handed in, on its own in a file of JSON.
///
/// It holds what the program knows: the document of the run, the commit of the workspace, and the learner's own
/// files as they were compiled. Nothing in it names the machine's owner: no path outside the workspace, no user, no
/// host. The digests show that a file was changed afterwards, not who changed it: whoever writes files by hand can
/// write digests, too.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct HandIn {
    /// The version of the format: 1.
    pub hand_in: u32,
    /// Whose it is: the file's name when it was written, without its end.
    pub name: String,
    /// The lesson.
    pub lesson: String,
    /// The version of the program.
    pub version: String,
    /// The commit of the workspace when it was handed in; null without git.
    pub commit: Option<String>,
    /// The files that differ from that commit, from the root of the workspace; null without git.
    pub changed: Option<Vec<String>>,
    /// When it was written: `2026-12-01T12:00:00Z`.
    pub made: String,
    /// The command line, without the folders in it.
    pub arguments: Vec<String>,
    /// What `--json` gives: the document of the run, and in it `machine` in any case; null where the lesson has none.
    pub document: Option<Value>,
    /// Who summed which terms in the audited run of each row; null where nothing was audited.
    #[serde(default)]
    pub spans: Option<Vec<RowSpans>>,
    /// What the exercises came to; null except in `practice`.
    #[serde(default)]
    pub exercises: Option<Vec<JudgedExercise>>,
    /// The learner's own files.
    pub files: Vec<LearnerFile>,
}

impl HandIn {
    /// The JSON, with a line break at its end.
    pub fn to_json(&self) -> String {
        serde_json::to_string_pretty(self).expect("it is plain data") + "\n"
    }

    /// Reads one back from its text.
    ///
    /// # Errors
    ///
    /// What is wrong with the text: it is no JSON, of another version, or something is missing in it.
    pub fn parse(text: &str) -> Result<Self, String> {
        #[derive(Deserialize)]
        #[serde(expecting = "an object with the fields of a hand-in")]
        struct Head {
            hand_in: Option<u32>,
        }
        let wrong = |error: serde_json::Error| format!("it is no hand-in (--hand-in): {error}");
        let head: Head = serde_json::from_str(text).map_err(wrong)?;
        match head.hand_in {
            Some(FORMAT) => serde_json::from_str(text).map_err(wrong),
            Some(other) => {
                Err(format!("it is a hand-in of version {other}, and this program reads {FORMAT}"))
            }
            None => Err("it is no hand-in: the field `hand_in` is missing".to_owned()),
        }
    }

    /// Reads one from a file.
    ///
    /// # Errors
    ///
    /// [`Error::Input`] where the file cannot be read, and [`Error::Data`] where it is no hand-in.
    pub fn read(path: &Path) -> Result<Self, Error> {
        HandIn::parse(&read_text(path, REMEDY)?).map_err(|cause| Error::Data {
            path: path.to_owned(),
            line: None,
            cause,
            remedy: REMEDY,
        })
    }

    /// The document as that of a table of strategies.
    ///
    /// # Errors
    ///
    /// Says what it is instead.
    pub fn measurements(&self) -> Result<Document, String> {
        let document = self.document.as_ref().ok_or("it holds no document")?;
        Document::parse(&document.to_string())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::made_up::{integers, run};

    fn hand_in() -> HandIn {
        let document = integers(vec![run("scoped", 2, 0.005)]);
        HandIn {
            hand_in: FORMAT,
            name: "alice".to_owned(),
            lesson: "threads".to_owned(),
            version: "0.1.0".to_owned(),
            commit: None,
            changed: None,
            made: "2026-12-01T12:00:00Z".to_owned(),
            arguments: Vec::new(),
            document: Some(serde_json::to_value(&document).expect("plain data")),
            spans: None,
            exercises: None,
            files: vec![LearnerFile::new("lessons/threads/src/your_turn.rs", "fn").expect("small")],
        }
    }

    #[test]
    fn it_is_read_as_it_was_written() {
        let given = hand_in();
        let read = HandIn::parse(&given.to_json()).expect("it is one");
        assert_eq!(read, given);
        let document = read.measurements().expect("the document of a table");
        assert_eq!(document.runs[0].strategy, "scoped");
    }

    #[test]
    fn another_version_is_refused_with_the_reason() {
        let text = hand_in().to_json();
        let refused = |text: &str| HandIn::parse(text).expect_err("it is none");
        let later = refused(&text.replacen("\"hand_in\": 1", "\"hand_in\": 2", 1));
        assert_eq!(later, "it is a hand-in of version 2, and this program reads 1");
        assert!(refused("{\"schema\": 2}").contains("`hand_in` is missing"));
        assert!(refused("[]").contains("it is no hand-in"));
        assert!(refused(&text[..text.len() / 2]).contains("it is no hand-in"));
    }

    #[test]
    fn a_file_that_is_none_is_named() {
        let file = tempfile::NamedTempFile::new().expect("a file");
        std::fs::write(file.path(), "{}").expect("room");
        let error = HandIn::read(file.path()).expect_err("it is none");
        assert_eq!(error.exit_code(), 65);
        assert!(error.to_string().contains("with --hand-in"), "{error}");
        let gone = HandIn::read(Path::new("/no/such/file")).expect_err("there is none");
        assert_eq!(gone.exit_code(), 66);
    }
}
