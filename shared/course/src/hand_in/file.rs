use std::env;
use std::io::Write;
use std::path::Path;
use std::time::SystemTime;

use measure::machine::Machine;
use measure::{Cancellation, Error};
use serde::Serialize;
use serde_json::Value;

use super::{Checkout, FORMAT, HandIn, JudgedExercise, LearnerFile, RowSpans, places};
use crate::{Saved, wrapped_to};

/// No wider than a table.
const COLUMNS: usize = 80;

/// The file of `--hand-in`, opened before anything is measured.
#[derive(Debug)]
pub struct HandInFile {
    saved: Saved,
    lesson: &'static str,
    files: Vec<LearnerFile>,
    checkout: Option<Checkout>,
}

/// What a run comes to, for its hand-in.
#[derive(Debug, Default)]
pub struct Contents {
    /// The document.
    pub document: Option<Value>,
    /// Who summed which terms.
    pub spans: Option<Vec<RowSpans>>,
    /// What the exercises came to.
    pub exercises: Option<Vec<JudgedExercise>>,
    /// Files of the learner that were read only now.
    pub files: Vec<LearnerFile>,
}

impl Contents {
    /// A document alone.
    pub fn of(document: &impl Serialize) -> Self {
        let document = serde_json::to_value(document).expect("a document is plain data");
        Contents { document: Some(document), ..Contents::default() }
    }
}

impl HandInFile {
    /// Opens the file at `path` for the result of `lesson`, and for the learner's `files`.
    ///
    /// # Errors
    ///
    /// [`Error::Save`] where the system refuses it, and [`Error::Usage`] where it is standard output.
    pub(crate) fn create(
        path: &Path,
        lesson: &'static str,
        files: Vec<LearnerFile>,
        cancellation: &Cancellation,
    ) -> Result<Self, Error> {
        let saved = Saved::beside_the_result("file to hand in", "--hand-in", path, cancellation)?;
        Ok(HandInFile { saved, lesson, files, checkout: Checkout::of_this_workspace() })
    }

    /// The file itself.
    pub fn saved(&self) -> &Saved {
        &self.saved
    }

    /// Writes the file; gives the lines for the learner that say what is in it.
    ///
    /// # Errors
    ///
    /// [`Error::Save`] where the file does not take it.
    pub fn write(&self, contents: Contents) -> Result<String, Error> {
        let hand_in = self.filled(contents);
        self.saved.write(|output| output.write_all(hand_in.to_json().as_bytes()))?;
        Ok(self.note(&hand_in).trim_end().to_owned())
    }

    fn filled(&self, contents: Contents) -> HandIn {
        let stem = self.saved.path().file_stem().unwrap_or_default();
        let checkout = self.checkout.clone();
        let mut hand_in = HandIn {
            hand_in: FORMAT,
            name: stem.to_string_lossy().into_owned(),
            lesson: self.lesson.to_owned(),
            version: env!("CARGO_PKG_VERSION").to_owned(),
            commit: checkout.as_ref().map(|checkout| checkout.commit.clone()),
            changed: checkout.map(|checkout| checkout.changed),
            made: humantime::format_rfc3339_seconds(SystemTime::now()).to_string(),
            arguments: env::args_os()
                .skip(1)
                .map(|word| places::without_folders(&word.to_string_lossy()))
                .collect(),
            document: contents.document,
            spans: contents.spans,
            exercises: contents.exercises,
            files: self.files.iter().cloned().chain(contents.files).collect(),
        };
        if let Some(Value::Object(fields)) = &mut hand_in.document {
            let asked = || serde_json::to_value(Machine::asked()).expect("plain data");
            fields.entry("machine").or_insert_with(asked);
        }
        let exercises = hand_in.exercises.iter_mut().flatten();
        let verdicts = exercises.map(|exercise| &mut exercise.verdict);
        hand_in.document.iter_mut().chain(verdicts).for_each(places::hide);
        hand_in
    }

    fn note(&self, hand_in: &HandIn) -> String {
        let mut parts = Vec::new();
        if hand_in.exercises.is_none() {
            parts.push("the numbers of this run".to_owned());
        }
        if let Some(exercises) = &hand_in.exercises {
            let exercises = units::count(exercises.len() as u64, "exercise");
            parts.push(format!("the verdicts on {exercises}"));
        }
        parts.push("what the program knows of this machine".to_owned());
        let files = match &hand_in.files[..] {
            [] => ", and no file of yours".to_owned(),
            [only] => format!(", and your own file {}", only.path),
            [first, last] => format!(", and your own files {} and {}", first.path, last.path),
            [first, .., last] => format!(
                ", and {} of your own files, from {} to {}",
                hand_in.files.len(),
                first.path,
                last.path
            ),
        };
        let path = self.saved.path().display();
        let text =
            format!("{path} is ready to be handed in. It holds {}{files}.", parts.join(", "));
        wrapped_to(&text, 0, COLUMNS)
    }
}
