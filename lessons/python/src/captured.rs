//! Running a program to its end, and reading what it prints.

use std::io;
use std::process::Command;
use std::time::Duration;

use children::{Child, Error};

use crate::session::Session;

/// How much is kept of a program's standard output.
const MOST: usize = 64 << 20;

/// What a program has printed, and how it ended.
#[derive(Debug, Default)]
pub(crate) struct Captured {
    /// Its standard output, as far as it can be read as text.
    pub(crate) output: String,
    /// The last line of its standard error that is not blank.
    pub(crate) last_line: Option<String>,
    /// Why it is of no use, if it is not: how it ended, or why it did not start.
    pub(crate) trouble: Option<String>,
    /// What the system said, where it did not start.
    pub(crate) not_started: Option<io::ErrorKind>,
}

impl Captured {
    /// The output; or else what went wrong, in the program's last line.
    pub(crate) fn output(self) -> Result<String, String> {
        match self.trouble {
            None => Ok(self.output),
            Some(trouble) => Err(self.last_line.unwrap_or(trouble)),
        }
    }
}

impl Session {
    /// Runs a program to its end, at most so long, and ends what it has started with it. Each line of its
    /// standard error is also given to `line`.
    pub(crate) fn run(
        &self,
        mut command: Command,
        most: Duration,
        line: impl FnMut(&str),
    ) -> Captured {
        let (killer, _cancelled) = self.killer();
        let mut child = match Child::spawn(&mut command, &killer, Duration::ZERO) {
            Ok(child) => child,
            Err(error) => {
                let trouble = Some(error.to_string());
                let not_started = match error {
                    Error::NotStarted { cause, .. } => Some(cause.kind()),
                    _ => None,
                };
                return Captured { trouble, not_started, ..Captured::default() };
            }
        };
        child.close_input();
        child.limit(most);
        let (output, trouble) = match child.finish(MOST, line) {
            Ok((exit, output)) => (output, (!exit.is_success()).then(|| format!("it {exit}"))),
            Err(error) => (Vec::new(), Some(error.to_string())),
        };
        let output = String::from_utf8_lossy(&output).into_owned();
        Captured { output, last_line: child.errors().last_line(), trouble, not_started: None }
    }
}
