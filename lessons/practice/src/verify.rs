//! The proof of the set: every solution passes, and every skeleton and every wrong way fails for its own reason.

use std::fmt::Write;
use std::fs;
use std::sync::mpsc::sync_channel;
use std::thread;

use course::Program;
use judge::{Answer, Stage, Verdict};
use measure::{Error, time};
use units::{count, seconds};

use crate::attempt::judge;
use crate::exercise::{Exercise, Filling};
use crate::options::Options;
use crate::workshop::{Compiled, Source, Workshop, refused};

/// So many exercises may be compiled ahead of the one that is judged.
const AHEAD: usize = 2;

/// An attempt that belongs to the exercise itself.
struct Variant<'e> {
    name: String,
    text: String,
    /// How it has to fail; `None`: it has to pass.
    fails: Option<&'e Filling>,
}

/// Judges every solution, every skeleton and every wrong way of `exercises`; the exit code is 1 where one of them is not
/// judged as it should be.
///
/// The next exercises are compiled while one is judged.
///
/// # Errors
///
/// Where the system refuses what that takes.
pub(crate) fn verify(
    exercises: &[&Exercise],
    options: &Options,
    program: &Program,
) -> Result<u8, Error> {
    let workshop = Workshop::open(false, &program.cancellation)?;
    let (mut judged, mut bad, mut unknown) = (0, 0, 0);
    let ((), took) = {
        let (result, took) = time(|| {
            thread::scope(|scope| -> Result<(), Error> {
                let (send, receive) = sync_channel(AHEAD);
                let compiling = &workshop;
                scope.spawn(move || {
                    for exercise in exercises {
                        let compiled = compiled(compiling, exercise);
                        if send.send((exercise, compiled)).is_err() {
                            break;
                        }
                    }
                });
                for (exercise, compiled) in receive {
                    let program_path = match compiled? {
                        Compiled::Program(path) => path,
                        Compiled::Refused(text) => {
                            bad += 1;
                            program.output.result(&format!(
                                "{}: does not compile\n{text}\n",
                                exercise.name
                            ))?;
                            continue;
                        }
                    };
                    let mut line = format!("{:<22}", exercise.name);
                    let mut faults = String::new();
                    for variant in variants(exercise) {
                        let (found, took) = time(|| {
                            judge(&program_path, &variant.name, options.seed, &program.cancellation)
                        });
                        program.stand_still_if_interrupted();
                        let verdict = found?.verdict;
                        judged += 1;
                        let as_expected = is_as_expected(&variant, &verdict);
                        let cannot_tell = is_unknown(&verdict);
                        unknown += usize::from(cannot_tell);
                        let mark = match (as_expected, cannot_tell) {
                            (true, true) => "?",
                            (true, false) => "ok",
                            (false, _) => "BAD",
                        };
                        let _ = write!(
                            line,
                            " {} {mark} {}",
                            short(&variant.name),
                            seconds(took.as_secs_f64())
                        );
                        if !as_expected {
                            bad += 1;
                            let _ = writeln!(
                                faults,
                                "  {}: {}",
                                variant.name,
                                in_words(&variant, &verdict)
                            );
                        }
                    }
                    if !options.json {
                        program.output.result(&format!("{line}\n{faults}"))?;
                    }
                }
                Ok(())
            })
        });
        (result?, took)
    };
    let summary = format!(
        "{} of {}: {} not judged as {} should be; {} where speed cannot be told here; {}, seed {}\n",
        count(judged, "attempt"),
        count(exercises.len() as u64, "exercise"),
        bad,
        if bad == 1 { "it" } else { "they" },
        unknown,
        seconds(took.as_secs_f64()),
        options.seed
    );
    let shown = if options.json {
        let counts = serde_json::json!({
            "schema": 2, "lesson": "practice", "seed": options.seed, "exercises": exercises.len(),
            "attempts": judged, "bad": bad, "speed_unknown": unknown, "seconds": took.as_secs_f64(),
        });
        format!("{counts:#}\n")
    } else {
        summary
    };
    program.output.result(&shown)?;
    Ok(u8::from(bad > 0))
}

fn variants(exercise: &Exercise) -> Vec<Variant<'_>> {
    let wrong = exercise.wrong.iter().enumerate().map(|(number, filling)| Variant {
        name: format!("wrong-{}", number + 1),
        text: exercise.wrong_text(filling),
        fails: Some(filling),
    });
    let (solution, skeleton) = (exercise.solution_text(), exercise.skeleton_text());
    [
        Variant { name: "solution".into(), text: solution, fails: None },
        Variant { name: "skeleton".into(), text: skeleton, fails: Some(&exercise.skeleton) },
    ]
    .into_iter()
    .chain(wrong)
    .collect()
}

/// All attempts of an exercise as one program.
fn compiled(workshop: &Workshop, exercise: &Exercise) -> Result<Compiled, Error> {
    let folder = workshop.folder_of(exercise)?;
    let variants = variants(exercise);
    let mut sources = Vec::new();
    for Variant { name, text, .. } in &variants {
        let path = folder.join(format!("verified-{name}.rs"));
        fs::write(&path, text).map_err(|cause| refused(&path, &cause))?;
        sources.push(Source { name, path });
    }
    workshop.compile(exercise, &sources)
}

fn is_as_expected(variant: &Variant<'_>, verdict: &Verdict) -> bool {
    match (variant.fails, &verdict.failure) {
        (None, failure) => failure.is_none(),
        (Some(filling), Some(failure)) => {
            failure.stage == filling.stage && failure.text.contains(&filling.says)
        }
        // A machine that cannot tell how fast something is cannot refuse it, either.
        (Some(filling), None) => filling.stage == Stage::Fast && is_unknown(verdict),
    }
}

fn is_unknown(verdict: &Verdict) -> bool {
    let speed = verdict.speed.as_ref();
    speed.is_some_and(|speed| matches!(speed.answer, Answer::CannotTell(_)))
}

fn in_words(variant: &Variant<'_>, verdict: &Verdict) -> String {
    let found = match &verdict.failure {
        None => "it passed".to_owned(),
        Some(failure) => format!("{}: {}", failure.stage, failure.text),
    };
    match variant.fails {
        None => format!("it should pass; {found}"),
        Some(filling) => {
            format!("it should fail: {}: {}; found: {found}", filling.stage, filling.says)
        }
    }
}

fn short(name: &str) -> &str {
    match name {
        "solution" => "sol",
        "skeleton" => "skel",
        wrong => wrong,
    }
}
