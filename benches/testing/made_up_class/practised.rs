//! Hand-ins of `practice`.

use course::HandIn;
use course::hand_in::{JudgedExercise, LearnerFile, Speed};
use judge::{Answer, Failure, Stage, Verdict};
use measure::Interval;
use rng::Rng;
use serde_json::json;

use super::honest::{Kind, honest};

const EXERCISES: [(&str, &str); 4] = [
    ("cutting", "no-tail"),
    ("joining", "one-total"),
    ("sharing", "lost-updates"),
    ("cutting", "fair-ranges"),
];

/// Four exercises, some of which are right, parallel or fast.
pub fn practised(name: &str, seed: u64) -> HandIn {
    let mut rng = Rng::new(seed);
    let mut files = Vec::new();
    let mut exercises = Vec::new();
    for (chapter, exercise) in EXERCISES {
        let path =
            format!("lessons/practice/exercises/{chapter}/{}.rs", exercise.replace('-', "_"));
        files.push(LearnerFile::new(&path, &format!("// {exercise} of {name}\n")).expect("small"));
        exercises.push(judged(chapter, exercise, &path, seed, &mut rng));
    }
    let run = honest(name, Kind::Fast, seed);
    let machine = run.document.as_ref().map(|document| document["machine"].clone());
    let circumstances = json!({"schema": 2, "lesson": "practice", "version": "0.1.0", "seed": seed, "machine": machine});
    HandIn {
        lesson: "practice".to_owned(),
        document: Some(circumstances),
        spans: None,
        exercises: Some(exercises),
        changed: None,
        files,
        ..run
    }
}

fn judged(chapter: &str, name: &str, file: &str, seed: u64, rng: &mut Rng) -> JudgedExercise {
    let mut verdict = Verdict { seed, ..Verdict::default() };
    let failed = match rng.below(8) {
        0 => Some(Failure::new(Stage::Right, "cut(100003, 7) leaves out 100,000..100,003")),
        1 => Some(Failure::new(Stage::Stress, "the sum is 12 too small")),
        2 => Some(Failure::new(Stage::How, "one thread did everything")),
        _ => None,
    };
    let before = |stage: &Stage| failed.as_ref().is_none_or(|failure| *stage < failure.stage);
    verdict.passed = Stage::ALL.into_iter().filter(before).collect();
    let right = failed.as_ref().is_none_or(|failure| failure.stage > Stage::Stress);
    let parallel = failed.is_none();
    let fast = if parallel {
        let (answer, speed) = match rng.below(3) {
            0 => {
                (Answer::CannotTell("this program may use one core".to_owned()), Speed::CannotTell)
            }
            1 => (Answer::NotReached, Speed::NotReached),
            _ => (Answer::Reached, Speed::Reached),
        };
        if answer == Answer::NotReached {
            verdict.failure =
                Some(Failure::new(Stage::Fast, "it used 40 % of what two cores gave"));
            verdict.passed.retain(|stage| *stage != Stage::Fast);
        }
        let measured = Some(Interval { median: 0.9, low: Some(0.88), high: Some(0.93) });
        let asked = "at least 60 % of what two cores gave".to_owned();
        verdict.speed = Some(judge::Speed { answer, asked, measured, is_share: true });
        verdict.rows.push(judge::Row {
            name: "yours".to_owned(),
            seconds: 0.001 + rng.below(1000) as f64 * 1e-7,
            speedup: Some(1.8),
            share: Some(0.9),
        });
        Some(speed)
    } else {
        verdict.failure = failed;
        None
    };
    JudgedExercise {
        name: name.to_owned(),
        chapter: chapter.to_owned(),
        file: file.to_owned(),
        right,
        parallel,
        fast,
        hints: 0,
        gave_up: false,
        verdict: serde_json::to_value(&verdict).expect("plain data"),
    }
}
