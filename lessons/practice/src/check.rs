use std::path::PathBuf;
use std::time::Duration;

use judge::{Failure, Stage, Verdict};
use measure::{Cancellation, Error, time};

use crate::attempt::judge;
use crate::exercise::Exercise;
use crate::workshop::{Compiled, Source, Workshop};

/// The name of the learner's attempt among those that are compiled together.
const YOURS: &str = "yours";

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
    let judged = judged?;
    Ok(Checked { verdict: judged.verdict, printed: judged.printed, compiling, judging })
}
