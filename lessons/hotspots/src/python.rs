//! The same question of a Python program: what cProfile sees of it, and what it costs to look.

mod document;
mod interpreter;
mod options;
mod report;
mod rows;
mod sample;
mod session;

use course::{Document, Program};
use measure::Error;

pub(crate) use self::options::PythonOptions;

use self::document::PythonObservations;
use self::interpreter::Interpreter;
use self::sample::Sample;
use crate::folder::Folder;
use crate::{Hotspots, guess};

/// The functions of `records.py` that a guess may name.
const FUNCTIONS: [&str; 8] =
    ["read", "tenths", "record", "parse", "distance", "distance_from", "distances", "write"];

const GUESS: &str = "Which function of records.py takes most of the time by itself, without what it calls (read, \
                     tenths, record, parse, distance, distance_from, distances or write), and how many percent?";

/// Profiles the program, times it with and without the profiler, and reports.
pub(crate) fn run(options: &PythonOptions, program: &Program) -> Result<u8, Error> {
    options.check()?;
    program.handle_signals()?;
    let cancellation = &program.cancellation;
    let interpreter = match Interpreter::find(cancellation, options.timing.timeout) {
        Err(missing @ Error::Missing { .. }) => {
            program.stand_still_if_interrupted();
            return answer(program, options, PythonObservations::skipped(&missing), None);
        }
        found => found?,
    };
    let guess = match options.predict {
        true => guess::ask(program.output, GUESS, &FUNCTIONS),
        false => None,
    };
    let folder = Folder::create(cancellation)?;
    let sample = match options.program.is_empty() {
        true => Some(Sample::made(options, &folder)?),
        false => None,
    };
    let seen = session::measure(options, &interpreter, sample.as_ref());
    program.stand_still_if_interrupted();
    answer(program, options, seen?, guess.as_ref())
}

/// Writes what was seen. A wrong answer is an error, too.
fn answer(
    program: &Program,
    options: &PythonOptions,
    seen: PythonObservations,
    guess: Option<&guess::Guess>,
) -> Result<u8, Error> {
    let document = Document::new(<Hotspots as course::Lesson>::NAME, seen);
    program.output.result(&if options.json {
        document.to_json()
    } else {
        report::text(&document, guess)
    })?;
    let wrong: Vec<_> = document.runs.iter().filter_map(rows::TimedRow::complaint).collect();
    wrong.iter().for_each(|line| program.complain(line));
    Ok(u8::from(!wrong.is_empty()))
}
