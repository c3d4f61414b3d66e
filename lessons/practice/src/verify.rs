//! The proof of the set: every solution passes, and every skeleton and every wrong way fails for its own reason.

use std::fmt::Write;
use std::fs;
use std::path::Path;

use course::Program;
use judge::{Answer, Stage, Verdict};
use measure::{Error, time};
use serde::Serialize;
use units::{count, seconds};

use crate::attempt::judge;
use crate::exercise::{Exercise, Filling};
use crate::options::Options;
use crate::workshop::{Compiled, Source, Workshop, refused};

/// So often at most an attempt is judged.
const TRIES: u64 = 3;

/// An attempt that belongs to the exercise itself.
struct Variant<'e> {
    name: String,
    text: String,
    /// How it has to fail; `None`: it has to pass.
    fails: Option<&'e Filling>,
}

/// What became of all attempts.
#[derive(Debug, Default, Serialize)]
struct Tally {
    exercises: usize,
    attempts: u64,
    /// Attempts that were not judged as they should be.
    bad: u64,
    /// Attempts that were so only when they were judged again.
    again: u64,
    /// Attempts whose speed cannot be told here.
    speed_unknown: u64,
    seconds: f64,
}

/// Judges every solution, every skeleton and every wrong way of `exercises`; the exit code is 1 where one of them is not
/// judged as it should be.
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
    let mut tally = Tally::default();
    let (done, took) = time(|| {
        exercises.iter().try_for_each(|exercise| {
            let text = verified(exercise, &workshop, options, program, &mut tally)?;
            if options.json { Ok(()) } else { program.output.result(&text) }
        })
    });
    done?;
    tally.seconds = took.as_secs_f64();
    program.output.result(&if options.json {
        let text = serde_json::to_string_pretty(&tally).expect("it has numbers only");
        format!("{text}\n")
    } else {
        format!(
            "{} of {}: {} not judged as they should be, {} only when tried again; {} whose speed cannot be told \
             here; {}, seed {}\n",
            count(tally.attempts, "attempt"),
            count(tally.exercises as u64, "exercise"),
            tally.bad,
            tally.again,
            tally.speed_unknown,
            seconds(tally.seconds),
            options.seed
        )
    })?;
    Ok(u8::from(tally.bad > 0))
}

/// Judges all attempts of one exercise: a line that says how, and a line for each that was not judged as it should be.
fn verified(
    exercise: &Exercise,
    workshop: &Workshop,
    options: &Options,
    program: &Program,
    tally: &mut Tally,
) -> Result<String, Error> {
    tally.exercises += 1;
    let path = match compiled(workshop, exercise)? {
        Compiled::Program(path) => path,
        Compiled::Refused(text) => {
            tally.bad += 1;
            return Ok(format!("{}: does not compile\n{text}\n", exercise.name));
        }
    };
    let (mut line, mut faults) = (format!("{:<22}", exercise.name), String::new());
    for variant in variants(exercise) {
        let ((verdict, tries), took) = {
            let (found, took) = time(|| judged(&path, &variant, options.seed, program));
            (found?, took)
        };
        let (as_expected, unknown) = (is_as_expected(&variant, &verdict), is_unknown(&verdict));
        tally.again += u64::from(as_expected && tries > 1);
        tally.attempts += 1;
        tally.speed_unknown += u64::from(unknown);
        let mark = match (as_expected, unknown) {
            (true, true) => "?",
            (true, false) if tries > 1 => "again",
            (true, false) => "ok",
            (false, _) => "BAD",
        };
        let _ = write!(line, " {} {mark} {}", short(&variant.name), seconds(took.as_secs_f64()));
        if !as_expected {
            tally.bad += 1;
            let _ = writeln!(faults, "  {}: {}", variant.name, in_words(&variant, &verdict));
        }
    }
    Ok(format!("{line}\n{faults}"))
}

/// Judges one of them; once or twice more, with another seed, where it is not judged as it should be. On a machine that does
/// other things a thread may get no core for as long as a whole step takes.
fn judged(
    path: &Path,
    variant: &Variant<'_>,
    seed: u64,
    program: &Program,
) -> Result<(Verdict, u64), Error> {
    let mut tries = 0;
    loop {
        let found = judge(path, &variant.name, seed.wrapping_add(tries), &program.cancellation);
        program.stand_still_if_interrupted();
        let verdict = found?.verdict;
        tries += 1;
        if tries == TRIES || is_as_expected(variant, &verdict) {
            return Ok((verdict, tries));
        }
    }
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
