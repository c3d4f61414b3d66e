use std::fs;
use std::time::Duration;

use course::hand_in::JudgedExercise;
use course::{HandIn, TemporaryFolder};
use judge::{Answer, Verdict};
use measure::{Cancellation, Error};
use serde::Deserialize;
use serde_json::Value;
use units::count;

use super::{Compared, Recheck, limited};
use crate::program::program;
use crate::text::listed;

/// The compiler and the judge have limits of their own, which are shorter; `practice` may have to be built first.
const LONGEST: Duration = Duration::from_secs(300);

/// Lets the judge, which has limits of its own, judge each of the learner's files again.
pub(super) fn again(
    exercises: &[JudgedExercise],
    hand_in: &HandIn,
    seed: u64,
    cancellation: &Cancellation,
) -> Result<Recheck, Error> {
    let folder = TemporaryFolder::create()?;
    let (mut same, mut open, mut differ) = (0, 0, Vec::new());
    for exercise in exercises {
        let text =
            hand_in.files.iter().find(|file| file.path == exercise.file).map(|file| &file.text);
        let Some(text) = text.filter(|_| is_plain(&exercise.name) && is_plain(&exercise.chapter))
        else {
            open += 1;
            continue;
        };
        let Some(here) = judged(exercise, text, &folder, seed, cancellation)? else {
            open += 1;
            continue;
        };
        let there = Verdict::deserialize(&exercise.verdict).unwrap_or_default();
        match compared(&there, &here) {
            Compared::Same => same += 1,
            Compared::CannotTell => open += 1,
            Compared::Differs => differ.push(format!("{} ({})", exercise.name, in_words(&here))),
        }
        if cancellation.is_cancelled() {
            break;
        }
    }
    let mut parts = Vec::new();
    let all = count(exercises.len() as u64, "exercise");
    parts.extend((same > 0).then(|| format!("{same} of {all} the same")));
    parts.extend((open > 0).then(|| format!("{open} that cannot be told here")));
    parts.extend((!differ.is_empty()).then(|| format!("different: {}", listed(&differ))));
    let answer = match (differ.is_empty(), same) {
        (false, _) => Compared::Differs,
        (true, 0) => Compared::CannotTell,
        (true, _) => Compared::Same,
    };
    Ok(Recheck { answer, words: listed(&parts) })
}

/// The verdict of the judge here; `None` where it gives none.
fn judged(
    exercise: &JudgedExercise,
    text: &str,
    folder: &TemporaryFolder,
    seed: u64,
    cancellation: &Cancellation,
) -> Result<Option<Verdict>, Error> {
    let place = folder
        .path()
        .join(&exercise.chapter)
        .join(format!("{}.rs", exercise.name.replace('-', "_")));
    let refused = |cause: std::io::Error| Error::Refused {
        what: place.display().to_string(),
        cause: cause.to_string(),
        remedy: "make room there, or name another folder with TMPDIR",
    };
    fs::create_dir_all(place.parent().unwrap_or(folder.path())).map_err(refused)?;
    fs::write(&place, text).map_err(refused)?;
    let mut command = program("practice");
    command.arg("--folder").arg(folder.path());
    command.args(["--json", "--seed", &seed.to_string(), "check", &exercise.name]);
    let (output, _) = limited::output(&exercise.name, &command, LONGEST, cancellation)?;
    let document: Option<Value> = serde_json::from_str(&output).ok();
    Ok(document
        .and_then(|document| Verdict::deserialize(&document["exercises"][0]["verdict"]).ok()))
}

fn compared(there: &Verdict, here: &Verdict) -> Compared {
    let stage = |verdict: &Verdict| verdict.failure.as_ref().map(|failure| failure.stage);
    if stage(there) != stage(here) {
        return Compared::Differs;
    }
    let answer = |verdict: &Verdict| verdict.speed.as_ref().map(|speed| speed.answer.clone());
    match (answer(there), answer(here)) {
        (Some(Answer::CannotTell(_)), _) | (_, Some(Answer::CannotTell(_))) => Compared::CannotTell,
        (there, here) if there == here => Compared::Same,
        _ => Compared::Differs,
    }
}

fn in_words(verdict: &Verdict) -> &'static str {
    verdict.failure.as_ref().map_or("it passes here", |failure| failure.stage.failed())
}

fn is_plain(name: &str) -> bool {
    !name.is_empty()
        && name
            .bytes()
            .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
}
