use std::path::{Path, PathBuf};

use course::HandIn;
use serde::Serialize;
use sha2::{Digest, Sha256};

use super::content::Content;
use super::known::KnownAnswers;
use super::machine_kind::MachineKind;
use super::recheck::Recheck;
use super::standing::Standing;
use super::{faults, folder};
use crate::text::{cut, readable};

/// The kind of what cannot be read as a hand-in.
const FOREIGN: &str = "damaged or foreign";

/// The longest name of a file, a learner, a lesson that is shown.
const LONGEST: usize = 60;

/// A hand-in that counts.
#[derive(Debug, Clone)]
pub struct Entry {
    /// The name of its file, as it is shown.
    pub file: String,
    pub(super) path: PathBuf,
    /// Whose it is.
    pub name: String,
    /// The lesson.
    pub lesson: String,
    /// The version of the program.
    pub version: String,
    /// The commit, where there was a repository.
    pub commit: Option<String>,
    /// When it was made.
    pub made: String,
    /// What the order of its rounds was drawn from.
    pub seed: Option<u64>,
    /// Where it was run, where it says so.
    pub machine: Option<MachineKind>,
    /// Whether it holds exercises, and no table.
    pub is_of_exercises: bool,
    /// What it came to: one of a table, one for each exercise of `practice`.
    pub standings: Vec<Standing>,
    /// What else there is to say, such as whose text it shares.
    pub notes: Vec<String>,
    /// What came out when it was run again here.
    pub recheck: Option<Recheck>,
    pub(super) prints: Prints,
}

/// A file that does not count.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LeftOut {
    /// Its name.
    pub file: String,
    /// What kind of reason: `doubled`, `not believed`.
    pub kind: &'static str,
    /// The reasons.
    pub why: Vec<String>,
}

/// By what two hand-ins are known to be the same.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Prints {
    /// Of all bytes.
    pub(super) bytes: Vec<u8>,
    /// Of all times that were measured; `None` where there are none. No two runs take the same times.
    pub(super) times: Option<Vec<u8>>,
    /// The digest of each of the learner's files that is not as the commit has it.
    pub(super) texts: Vec<(String, String)>,
}

impl Entry {
    /// Reads and judges one file, by itself.
    ///
    /// # Errors
    ///
    /// Why it does not count.
    pub(super) fn read(path: &Path, known: &KnownAnswers) -> Result<Self, LeftOut> {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let file = shown(&name);
        let left_out = |kind, why| Err(LeftOut { file: file.clone(), kind, why });
        let text = match folder::text(path) {
            Ok(text) => text,
            Err(why) => return left_out("not read", vec![why]),
        };
        let hand_in = match HandIn::parse(&text) {
            Ok(hand_in) => hand_in,
            Err(why) => return left_out(FOREIGN, vec![cut(&readable(&why), 300)]),
        };
        let result = match Content::of(&hand_in) {
            Ok(result) => result,
            Err(why) => return left_out(FOREIGN, vec![cut(&readable(&why), 300)]),
        };
        let found = faults::faults(&hand_in, result.table(), known);
        if !found.is_empty() {
            return left_out(
                "not believed",
                found.iter().map(|why| cut(&readable(why), 300)).collect(),
            );
        }
        Ok(Entry {
            file,
            path: path.to_owned(),
            name: shown(&hand_in.name),
            lesson: shown(&hand_in.lesson),
            version: shown(&hand_in.version),
            commit: hand_in.commit.as_deref().map(shown),
            made: shown(&hand_in.made),
            seed: result.seed(),
            machine: result.machine().map(MachineKind::of),
            is_of_exercises: hand_in.exercises.is_some(),
            standings: result.standings(&hand_in),
            notes: Vec::new(),
            recheck: None,
            prints: Prints::of(&text, &hand_in, result.table()),
        })
    }

    /// Whether all of it is right.
    pub fn is_right(&self) -> bool {
        use super::Outcome;
        self.standings.iter().all(|standing| standing.outcome == Outcome::Right)
    }
}

impl Prints {
    fn of(text: &str, hand_in: &HandIn, document: Option<&course::Document>) -> Self {
        let mut times = Vec::new();
        let samples = document.into_iter().flat_map(|document| &document.runs);
        let samples = samples.filter_map(|run| run.seconds.as_ref());
        times.extend(
            samples.flat_map(|seconds| &seconds.samples).flat_map(|sample| sample.to_le_bytes()),
        );
        for exercise in hand_in.exercises.iter().flatten() {
            let rows = exercise.verdict["rows"].as_array();
            let seconds = rows.into_iter().flatten().filter_map(|row| row["seconds"].as_f64());
            times.extend(seconds.flat_map(f64::to_le_bytes));
        }
        let is_changed =
            |path: &String| hand_in.changed.as_ref().is_none_or(|changed| changed.contains(path));
        let texts = hand_in.files.iter().filter(|file| is_changed(&file.path));
        Prints {
            bytes: Sha256::digest(text.as_bytes()).to_vec(),
            times: (!times.is_empty()).then(|| Sha256::digest(&times).to_vec()),
            texts: texts
                .map(|file| (file.path.clone(), file.sha256.to_ascii_lowercase()))
                .collect(),
        }
    }
}

/// Text out of a file, in the room that it has.
fn shown(text: &str) -> String {
    match cut(readable(text).trim(), LONGEST) {
        empty if empty.is_empty() => "unnamed".to_owned(),
        text => text,
    }
}
