use judge::Verdict;
use serde::Serialize;

use crate::check::Checked;
use crate::exercise::Exercise;
use crate::progress::Standing;

/// What `--json` gives: exercises, how far the learner is with each, and what was found just now.
#[derive(Debug, Serialize)]
pub(crate) struct Document<'d> {
    schema: u32,
    lesson: &'static str,
    version: &'static str,
    seed: u64,
    pub(crate) exercises: Vec<Entry<'d>>,
}

/// One exercise in it.
#[derive(Debug, Serialize)]
pub(crate) struct Entry<'d> {
    pub(crate) chapter: &'d str,
    pub(crate) name: &'d str,
    pub(crate) title: &'d str,
    pub(crate) file: String,
    pub(crate) standing: Standing,
    /// The hints, as far as they were asked for.
    pub(crate) hints: &'d [String],
    /// What the check found; null where none was made.
    pub(crate) verdict: Option<&'d Verdict>,
    pub(crate) printed: Option<&'d str>,
    /// How long the compiler took.
    pub(crate) compile_seconds: Option<f64>,
    /// And the judge.
    pub(crate) judge_seconds: Option<f64>,
    /// The text of the solution; null where it was not asked for.
    pub(crate) solution: Option<String>,
    /// Where the learner's text is kept; null but after a reset.
    pub(crate) kept: Option<String>,
}

impl<'d> Document<'d> {
    pub(crate) fn new(seed: u64, exercises: Vec<Entry<'d>>) -> Self {
        Document {
            schema: 2,
            lesson: "practice",
            version: env!("CARGO_PKG_VERSION"),
            seed,
            exercises,
        }
    }

    /// As one document, on several lines.
    pub(crate) fn to_json(&self) -> String {
        serde_json::to_string_pretty(self).expect("it has texts and numbers only") + "\n"
    }

    /// As one line.
    pub(crate) fn to_line(&self) -> String {
        serde_json::to_string(self).expect("it has texts and numbers only") + "\n"
    }
}

impl<'d> Entry<'d> {
    pub(crate) fn new(exercise: &'d Exercise, file: String, standing: Standing) -> Self {
        let hints = &exercise.hints[..standing.hints.min(exercise.hints.len())];
        Entry {
            chapter: exercise.chapter,
            name: &exercise.name,
            title: &exercise.title,
            file,
            standing,
            hints,
            verdict: None,
            printed: None,
            compile_seconds: None,
            judge_seconds: None,
            solution: None,
            kept: None,
        }
    }

    /// The same with what a check has found.
    pub(crate) fn checked(self, checked: &'d Checked) -> Self {
        Entry {
            verdict: Some(&checked.verdict),
            printed: Some(&checked.printed),
            compile_seconds: Some(checked.compiling.as_secs_f64()),
            judge_seconds: Some(checked.judging.as_secs_f64()),
            ..self
        }
    }
}
