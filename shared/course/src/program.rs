//! What every program begins and ends with, whatever it does between.

use std::panic;
use std::process::ExitCode;

use measure::{Cancellation, Error, Row, panics};

use crate::{Output, environment, signals};

/// To be called on the first line of a program that is no worker: from here on what goes wrong is an
/// error with an exit code, and not a trace on the terminal.
pub fn begin() {
    environment::sanitize();
    panics::quiet();
    signals::unblock();
    signals::become_errors();
    signals::aborts_are_refusals();
}

/// A program that runs: where its output goes, and what a signal cancels.
#[derive(Debug)]
pub struct Program {
    name: &'static str,
    /// Where results and errors go.
    pub output: Output,
    /// What a signal cancels.
    pub cancellation: Cancellation,
}

impl Program {
    /// The program `name`, which uses colours as `--color` says.
    pub fn new(name: &'static str, color: clap::ColorChoice) -> Self {
        Program { name, output: Output::new(color), cancellation: Cancellation::default() }
    }

    /// Does the work, and gives the exit code. An error is one line on standard error.
    pub fn run(&self, work: impl FnOnce(&Program) -> Result<u8, Error>) -> ExitCode {
        let done = panic::catch_unwind(panic::AssertUnwindSafe(|| work(self)));
        let done = done.unwrap_or_else(|payload| Err(panics::in_the_runner(&*payload)));
        ExitCode::from(done.unwrap_or_else(|error| self.fail(&error)))
    }

    /// Says what is wrong with the command line, or what was asked of it: `--help`. Gives the exit code.
    pub fn refuse(&self, refused: &clap::Error) -> ExitCode {
        let text = refused.render().ansi().to_string();
        if refused.use_stderr() {
            self.output.complain(text.trim_end());
            return ExitCode::from(2);
        }
        let shown = self.output.result(&text);
        ExitCode::from(shown.map_or_else(|error| self.fail(&error), |()| 0))
    }

    /// From here on a signal ends the program in good order: it cancels what is under way, and then ends
    /// the program by that same signal.
    ///
    /// # Errors
    ///
    /// [`Error::Refused`] where the system refuses a thread, or a handler.
    pub fn handle_signals(&self) -> Result<(), Error> {
        signals::handle(self.cancellation.clone())
    }

    /// Does not return once a signal has come: the program is about to end by it, and what it would say
    /// now would only be an echo.
    pub fn stand_still_if_interrupted(&self) {
        while self.cancellation.is_cancelled() {
            std::thread::park();
        }
    }

    /// Reports an error that does not end the program.
    pub fn complain(&self, error: &str) {
        self.output.complain(&format!("{}: error: {error}", self.name));
    }

    /// Reports each row that is wrong or has failed, and the run that is stuck, if any: a line each. Gives
    /// the exit code.
    pub fn complain_of(&self, rows: &[&Row], stuck: Option<&Error>) -> u8 {
        let bad = rows.iter().filter(|row| row.exit_code() != 0);
        let mut complaints: Vec<String> = bad
            .filter_map(|row| {
                let (title, text) = (row.title(), row.complaint.as_ref()?.text());
                // A complaint that names its row already is not given the name twice.
                Some(if text.starts_with(&title) {
                    text.to_owned()
                } else {
                    format!("{title}: {text}")
                })
            })
            .collect();
        complaints.extend(stuck.map(ToString::to_string));
        complaints.dedup();
        complaints.iter().for_each(|line| self.complain(line));
        let codes = rows.iter().map(|row| row.exit_code());
        Error::worst(codes.chain(stuck.map(Error::exit_code)))
    }

    fn fail(&self, error: &Error) -> u8 {
        self.complain(&error.to_string());
        error.exit_code()
    }
}
