//! What the exercises of a hand-in came to.

use course::hand_in::{JudgedExercise, Speed};
use judge::{Stage, Verdict};
use serde::Deserialize;

use super::standing::{Answer, Outcome, Standing};
use crate::text::{cut, readable};

/// No reason is longer.
const LONGEST: usize = 300;

/// One standing for each exercise.
pub(super) fn standings(exercises: &[JudgedExercise]) -> Vec<Standing> {
    exercises.iter().map(standing).collect()
}

fn standing(exercise: &JudgedExercise) -> Standing {
    let verdict = Verdict::deserialize(&exercise.verdict).unwrap_or_default();
    let name = cut(&readable(&exercise.name), 40);
    let failure = verdict.failure.as_ref();
    let reason = failure.map_or(String::new(), |failure| {
        cut(readable(&format!("{}: {}", failure.stage.failed(), failure.text)).trim(), LONGEST)
    });
    let outcome = match failure.map(|failure| failure.stage) {
        _ if exercise.right => Outcome::Right,
        Some(Stage::Compiles | Stage::Ends) => Outcome::Failed,
        _ => Outcome::Wrong,
    };
    let share =
        verdict.speed.as_ref().filter(|speed| speed.is_share).and_then(|speed| speed.measured);
    let parallel = match (exercise.right, exercise.parallel) {
        (false, _) => Answer::NotAsked,
        (true, true) => Answer::Yes,
        (true, false) => Answer::No,
    };
    let fast = match exercise.fast {
        None => Answer::NotAsked,
        Some(Speed::Reached) => Answer::Yes,
        Some(Speed::NotReached) => Answer::No,
        Some(Speed::CannotTell) => Answer::CannotTell(why(&verdict)),
    };
    let reason = if reason.is_empty() { in_words(&verdict, &fast) } else { reason };
    Standing { parallel, fast, share, ..Standing::of(&name, outcome, &reason) }
}

fn in_words(verdict: &Verdict, fast: &Answer) -> String {
    match (fast, &verdict.speed) {
        (Answer::CannotTell(why), _) => why.clone(),
        (_, Some(speed)) => cut(readable(&speed.in_words()).trim(), LONGEST),
        _ => String::new(),
    }
}

fn why(verdict: &Verdict) -> String {
    match verdict.speed.as_ref().map(|speed| &speed.answer) {
        Some(judge::Answer::CannotTell(why)) => cut(readable(why).trim(), LONGEST),
        _ => "its speed could not be told".to_owned(),
    }
}
