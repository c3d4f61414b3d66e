use serde::{Deserialize, Serialize};
use serde_json::Value;

/// What a judge found of one exercise.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct JudgedExercise {
    /// Its name: `no-tail`.
    pub name: String,
    /// Its chapter: `cutting`.
    pub chapter: String,
    /// The learner's file of it, by its path in the hand-in's `files`.
    pub file: String,
    /// Whether its answers are right, under stress, too.
    pub right: bool,
    /// Whether it also works in the way that is asked for: in parallel, where the exercise is about that.
    pub parallel: bool,
    /// Whether it is fast enough; null where that is not asked, or something else does not hold.
    pub fast: Option<Speed>,
    /// How many hints the learner has seen.
    #[serde(default)]
    pub hints: usize,
    /// Whether the learner has seen the solution before it was done.
    #[serde(default)]
    pub gave_up: bool,
    /// The whole verdict, as the JSON of `practice` has it.
    pub verdict: Value,
}

/// Whether an exercise is as fast as it asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Speed {
    /// It is.
    Reached,
    /// It is not.
    NotReached,
    /// The machine cannot tell: it was busy, or has too few cores.
    CannotTell,
}
