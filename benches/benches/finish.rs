//! The end of a run: the report, the terminal version of it, and the exit code.

use std::process::ExitCode;

use shared::Error;
use shared::report::Output;

use crate::course::Course;
use crate::recorder::Recorder;

/// One line on standard error.
pub fn complain(line: &str) {
    Output::new(clap::ColorChoice::Auto).complain(&format!("bench: error: {line}"));
}

/// Reports an error that ends the program.
pub fn fail(error: &Error) -> ExitCode {
    complain(&error.to_string());
    ExitCode::from(error.exit_code())
}

/// Saves the report and shows what was measured.
pub fn finish(course: &Course, recorder: &Recorder) -> ExitCode {
    let _ = (course, recorder);
    ExitCode::SUCCESS
}

/// A signal ends the program: saves the report of what was measured until then.
pub fn interrupted(recorder: &Recorder) {
    let _ = recorder;
}
