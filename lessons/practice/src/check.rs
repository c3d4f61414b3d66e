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
const GONE: &str = "the file is gone, or is no file; remove what is there, and any other command lays it out again";

/// And of one in which the model sees nothing.
const OUTSIDE: &str =
    "the model sees neither std::sync nor std::thread: use what has the same name in judge::model";

/// What a check found.
#[derive(Debug)]
pub(crate) struct Checked {
    pub(crate) verdict: Verdict,
    /// The learner's text.
    pub(crate) text: String,
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
    let text =
        if file.is_file() { fs::read_to_string(&file).unwrap_or_default() } else { String::new() };
    let is_as_found = text == exercise.skeleton_text();
    let at_once = |stage, why: &str| {
        let failure = Some(Failure::new(stage, why));
        let verdict = Verdict { failure, seed, ..Verdict::default() };
        let (compiling, judging) = (Duration::ZERO, Duration::ZERO);
        let text = text.clone();
        Ok(Checked { verdict, text, printed: String::new(), compiling, judging })
    };
    if !file.is_file() {
        return at_once(Stage::Compiles, GONE);
    }
    if exercise.has_model() && is_outside_the_model(&text) {
        return at_once(Stage::Stress, OUTSIDE);
    }
    let (compiled, compiling) =
        time(|| workshop.compile(exercise, &[Source { name: YOURS, path: file }]));
    let program = match compiled? {
        Compiled::Program(program) => program,
        Compiled::Refused(why) => {
            let failure = Some(Failure::new(Stage::Compiles, why));
            let verdict = Verdict { failure, seed, ..Verdict::default() };
            let judging = Duration::ZERO;
            return Ok(Checked { verdict, text, printed: String::new(), compiling, judging });
        }
    };
    let (judged, judging) = time(|| judge(&program, YOURS, seed, cancellation));
    let Judged { mut verdict, printed } = judged?;
    if verdict.failure.is_none() && is_as_found {
        verdict.failure = Some(Failure::new(Stage::Fast, AS_FOUND));
    }
    Ok(Checked { verdict, text, printed, compiling, judging })
}

/// Whether code uses what the model of threads cannot see. An Arc does no harm.
fn is_outside_the_model(text: &str) -> bool {
    let code = text.lines().map(|line| line.split("//").next().unwrap_or_default());
    let code = code.collect::<String>().replace("std::sync::Arc", "");
    code.contains("std::sync") || code.contains("std::thread")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_model_cannot_see_is_found_in_code_only() {
        assert!(is_outside_the_model("use std::sync::{Arc, Mutex};"));
        assert!(is_outside_the_model("    std::thread::yield_now();"));
        assert!(!is_outside_the_model(
            "use std::sync::Arc;\n// as in std::sync\nuse judge::model::sync::Mutex;"
        ));
    }
}
