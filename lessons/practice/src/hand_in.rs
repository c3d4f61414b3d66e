//! `--hand-in`: the exercises that the learner has begun, checked, and in one file.

use std::fs;

use course::hand_in::{Contents, HandInFile, JudgedExercise, Speed};
use course::{LearnerFile, Lesson};
use judge::{Answer, Stage, Verdict};
use measure::Error;
use serde::Serialize;

use crate::Practice;
use crate::check::Checked;
use crate::desk::Desk;
use crate::exercise::Exercise;

/// What stands in the place of a document of numbers.
#[derive(Debug, Serialize)]
struct Circumstances {
    seed: u64,
}

impl Desk<'_> {
    /// Checks what the learner has begun, and hands it in.
    pub(crate) fn hand_in(&mut self) -> Result<u8, Error> {
        let all = self.exercises.iter().enumerate();
        let begun = all.filter(|(_, exercise)| self.is_begun(exercise));
        let begun: Vec<usize> = begun.map(|(place, _)| place).collect();
        if begun.is_empty() {
            let folder = self.folder.path().display();
            return Err(Error::Usage(format!(
                "there is nothing to hand in: no exercise is begun; change one of the files in {folder} first, for \
                 example: cutting/no_tail.rs"
            )));
        }
        self.check_all(&begun, false)
    }

    /// The other commands find nothing that could be handed in.
    pub(crate) fn refuse_to_hand_in(&self) -> Result<u8, Error> {
        self.options.hand_in.refuse("this command", "what you have begun, or what check finds")?;
        Ok(0)
    }

    /// Whether there is anything of the learner's in an exercise.
    fn is_begun(&self, exercise: &Exercise) -> bool {
        let standing = self.standing(exercise);
        let text = || fs::read_to_string(self.folder.file(exercise));
        standing.done.is_some()
            || standing.checks > 0
            || text().is_ok_and(|text| text != exercise.skeleton_text())
    }

    /// The file of `--hand-in`, opened before anything is checked.
    pub(crate) fn file_to_hand_in(&self, places: &[usize]) -> Result<Option<HandInFile>, Error> {
        let not_too_long = || {
            for exercise in places.iter().map(|place| &self.exercises[*place]) {
                let text = fs::read_to_string(self.folder.file(exercise)).unwrap_or_default();
                file_of(exercise, &text)?;
            }
            Ok(Vec::new())
        };
        self.options.hand_in.open(Practice::NAME, not_too_long, self.program)
    }

    /// What is handed in.
    pub(crate) fn contents(&self, found: &[(usize, Checked)]) -> Result<Contents, Error> {
        let circumstances = Circumstances { seed: self.options.seed };
        let document = course::Document::new(Practice::NAME, circumstances);
        let with_exercise = || found.iter().map(|(place, found)| (&self.exercises[*place], found));
        let judged = with_exercise().map(|(exercise, checked)| {
            let standing = self.standing(exercise);
            let (hints, gave_up) = (standing.hints, standing.gave_up);
            JudgedExercise { hints, gave_up, ..judged(exercise, &checked.verdict) }
        });
        let files = with_exercise().map(|(exercise, checked)| file_of(exercise, &checked.text));
        Ok(Contents {
            exercises: Some(judged.collect()),
            files: files.collect::<Result<_, _>>()?,
            ..Contents::of(&document)
        })
    }
}

fn judged(exercise: &Exercise, verdict: &Verdict) -> JudgedExercise {
    let failed = verdict.failure.as_ref().map(|failure| failure.stage);
    let holds = |stage: Stage| failed.is_none_or(|failed| failed > stage);
    let fast = match (failed, &verdict.speed) {
        (Some(Stage::Fast), _) => Some(Speed::NotReached),
        (Some(_), _) | (None, None) => None,
        (None, Some(speed)) => Some(match speed.answer {
            Answer::Reached => Speed::Reached,
            Answer::NotReached => Speed::NotReached,
            Answer::CannotTell(_) => Speed::CannotTell,
        }),
    };
    JudgedExercise {
        name: exercise.name.clone(),
        chapter: exercise.chapter.to_owned(),
        file: path_of(exercise),
        right: holds(Stage::Stress),
        parallel: holds(Stage::How),
        fast,
        hints: 0,
        gave_up: false,
        verdict: serde_json::to_value(verdict).expect("it has texts and numbers only"),
    }
}

/// The place of an exercise in the workspace, in whatever folder the learner keeps it.
fn path_of(exercise: &Exercise) -> String {
    let name = exercise.name.replace('-', "_");
    format!("lessons/practice/exercises/{}/{name}.rs", exercise.chapter)
}

fn file_of(exercise: &Exercise, text: &str) -> Result<LearnerFile, Error> {
    LearnerFile::new(&path_of(exercise), text)
}

#[cfg(test)]
mod tests {
    use judge::Failure;

    use super::*;
    use crate::set;

    #[test]
    fn a_verdict_is_right_parallel_and_fast_as_far_as_it_goes() {
        let exercise = &set::all().expect("a good set")[0];
        let of = |stage: Option<Stage>, answer: Option<Answer>| {
            let failure = stage.map(|stage| Failure::new(stage, "so"));
            let speed = |answer| judge::Speed {
                answer,
                asked: String::new(),
                measured: None,
                is_share: false,
            };
            let verdict = Verdict { failure, speed: answer.map(speed), ..Verdict::default() };
            let judged = judged(exercise, &verdict);
            (judged.right, judged.parallel, judged.fast)
        };
        assert_eq!(of(None, None), (true, true, None));
        assert_eq!(of(None, Some(Answer::Reached)), (true, true, Some(Speed::Reached)));
        let why = Answer::CannotTell("one core".to_owned());
        assert_eq!(of(None, Some(why)), (true, true, Some(Speed::CannotTell)));
        for stage in [Stage::Compiles, Stage::Ends, Stage::Right, Stage::Stress] {
            assert_eq!(of(Some(stage), None), (false, false, None));
        }
        assert_eq!(of(Some(Stage::How), None), (true, false, None));
        let slow = Some(Stage::Fast);
        assert_eq!(of(slow, Some(Answer::NotReached)), (true, true, Some(Speed::NotReached)));
        assert_eq!(of(slow, None), (true, true, Some(Speed::NotReached)));
    }
}
