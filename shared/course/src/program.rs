//! What every program begins and ends with, whatever it does between.

use std::panic;
use std::process::ExitCode;

use measure::{Error, panics};

use crate::Output;
use crate::{environment, signals};

/// To be called on the first line of a program that is no worker: from here on what goes wrong is an
/// error with an exit code, and not a trace on the terminal.
pub fn begin() {
    environment::forget();
    panics::quiet();
    signals::unblock();
    signals::become_errors();
    signals::aborts_are_refusals();
}

/// Does the work of the program `name`, and gives its exit code. An error is one line on standard error.
pub fn run(name: &str, output: Output, work: impl FnOnce() -> Result<u8, Error>) -> ExitCode {
    let done = panic::catch_unwind(panic::AssertUnwindSafe(work));
    let done = done.unwrap_or_else(|payload| Err(Error::in_the_runner(&*payload)));
    ExitCode::from(done.unwrap_or_else(|error| fail(name, output, &error)))
}

/// Says what is wrong with the command line of the program `name`, or what was asked of it: `--help`.
/// Gives the exit code.
pub fn refuse(name: &str, refused: &clap::Error) -> ExitCode {
    let output = Output::new(clap::ColorChoice::Auto);
    let text = refused.render().ansi().to_string();
    if refused.use_stderr() {
        output.complain(text.trim_end());
        return ExitCode::from(2);
    }
    let told = output.result(&text);
    ExitCode::from(told.map_or_else(|error| fail(name, output, &error), |()| 0))
}

/// Reports an error that ends the program; gives the exit code.
fn fail(name: &str, output: Output, error: &Error) -> u8 {
    output.complain(&format!("{name}: error: {error}"));
    error.exit_code()
}
