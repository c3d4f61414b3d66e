use std::fs;
use std::path::PathBuf;
use std::time::Duration;

use judge::{Failure, Stage, Verdict};
use measure::{Cancellation, Error, time};

use crate::attempt::{Judged, judge};
use crate::exercise::Exercise;
use crate::workshop::{Compiled, Source, Workshop};

/// The name of the learner's attempt among those that are compiled together.
const YOURS: &str = "yours";

/// What there is to say of a file that the learner has not touched, and of one that is not there.
const AS_FOUND: &str =
    "the file is as you found it: its answers are right, and it is not yet what is asked for";
const GONE: &str = "the file is gone; any other command lays it out again";

/// What a check found.
#[derive(Debug)]
pub(crate) struct Checked {
    pub(crate) verdict: Verdict,
    /// What the attempt printed.
    pub(crate) printed: String,
    /// How long the compiler took.
    pub(crate) compiling: Duration,
    /// And the judge.
    pub(crate) judging: Duration,
}

/// Compiles the learner's `file` of `exercise`, and judges it.
///
/// # Errors
///
/// Where the system refuses what that takes.
pub(crate) fn check(
    workshop: &Workshop,
    exercise: &Exercise,
    file: PathBuf,
    seed: u64,
    cancellation: &Cancellation,
) -> Result<Checked, Error> {
    // Where nobody can tell how fast it is, that it is too slow has to be known from elsewhere.
    let is_as_found = fs::read_to_string(&file).is_ok_and(|text| text == exercise.skeleton_text());
    if !file.exists() {
        let failure = Some(Failure::new(Stage::Compiles, GONE));
        let verdict = Verdict { failure, seed, ..Verdict::default() };
        let (compiling, judging) = (Duration::ZERO, Duration::ZERO);
        return Ok(Checked { verdict, printed: String::new(), compiling, judging });
    }
    let (compiled, compiling) =
        time(|| workshop.compile(exercise, &[Source { name: YOURS, path: file }]));
    let program = match compiled? {
        Compiled::Program(program) => program,
        Compiled::Refused(text) => {
            let failure = Some(Failure::new(Stage::Compiles, text));
            let verdict = Verdict { failure, seed, ..Verdict::default() };
            let judging = Duration::ZERO;
            return Ok(Checked { verdict, printed: String::new(), compiling, judging });
        }
    };
    let (judged, judging) = time(|| judge(&program, YOURS, seed, cancellation));
    let Judged { mut verdict, printed } = judged?;
    if verdict.failure.is_none() && is_as_found {
        verdict.failure = Some(Failure::new(Stage::Fast, AS_FOUND));
    }
    Ok(Checked { verdict, printed, compiling, judging })
}
