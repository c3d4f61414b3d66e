use course::HandIn;
use course::hand_in::{JudgedExercise, Speed};
use judge::{Answer, Stage, Verdict};
use serde::Deserialize;

/// Whether flags, verdicts and files are of one mind.
pub(super) fn faults(exercises: &[JudgedExercise], hand_in: &HandIn) -> Vec<String> {
    let fault = |exercise: &JudgedExercise| {
        Some(format!("{}: {}", exercise.name, fault(exercise, hand_in)?))
    };
    let mut found: Vec<String> = exercises.iter().filter_map(fault).collect();
    let mut names: Vec<&str> = exercises.iter().map(|exercise| exercise.name.as_str()).collect();
    names.sort_unstable();
    if let Some(pair) = names.windows(2).find(|pair| pair[0] == pair[1]) {
        found.push(format!("{} stands there twice", pair[0]));
    }
    found
}

fn fault(exercise: &JudgedExercise, hand_in: &HandIn) -> Option<String> {
    let Ok(verdict) = Verdict::deserialize(&exercise.verdict) else {
        return Some("its verdict is none that a judge gives".to_owned());
    };
    if hand_in.files.iter().all(|file| file.path != exercise.file) {
        return Some("the file that was judged is missing".to_owned());
    }
    let failed = verdict.failure.as_ref().map(|failure| failure.stage);
    let right = failed.is_none_or(|stage| stage > Stage::Stress);
    if exercise.right && !right {
        return Some("it is called right, and its verdict is that it is not".to_owned());
    }
    if exercise.parallel && failed.is_some_and(|stage| stage <= Stage::How) {
        return Some("it is called parallel, and its verdict is that it is not".to_owned());
    }
    let answer = verdict.speed.as_ref().map(|speed| &speed.answer);
    let reached = matches!(answer, Some(Answer::Reached)) && failed.is_none();
    if exercise.fast == Some(Speed::Reached) && !reached {
        return Some("it is called fast, and its verdict does not say so".to_owned());
    }
    let odd = verdict.rows.iter().find(|row| !row.seconds.is_finite() || row.seconds <= 0.0);
    odd.map(|row| format!("{} took {} seconds", row.name, row.seconds))
}
