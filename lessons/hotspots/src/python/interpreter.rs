use std::ffi::OsStr;
use std::path::Path;
use std::process::Command;
use std::time::Duration;

use children::{Child, Exit, Killer};
use measure::{Cancellation, Error};
use serde::Deserialize;

use super::document::PythonProfile;

/// What a Python is called.
const NAMES: [&str; 2] = ["python3", "python"];

/// Prints the version, where there is all that is needed.
const ASK: &str = "import sys, cProfile, pstats; print('Python %d' % sys.version_info[0])";

/// Runs a program, with cProfile or without, and prints what was seen.
const DRIVER: &str = include_str!("driver.py");

/// So many functions are reported.
const FUNCTIONS: usize = 10;

/// No report is longer, in bytes.
const LONGEST: usize = 1 << 20;

/// The Python 3 of this machine. Its children end with the run, and at the time limit.
#[derive(Debug)]
pub(super) struct Interpreter {
    name: &'static str,
    cancellation: Cancellation,
    timeout: Duration,
}

/// One run of a program.
#[derive(Debug, Deserialize)]
pub(super) struct Observed {
    /// The version of Python.
    pub(super) version: String,
    /// How long the program took, without the start of Python.
    pub(super) seconds: f64,
    /// What cProfile saw, where it looked on.
    pub(super) profile: Option<PythonProfile>,
}

impl Interpreter {
    /// The first of `python3` and `python` that is a Python 3; [`Error::Missing`] where there is none.
    pub(super) fn find(cancellation: &Cancellation, timeout: Duration) -> Result<Self, Error> {
        let mut why = Vec::new();
        for name in NAMES {
            let interpreter = Interpreter { name, cancellation: cancellation.clone(), timeout };
            match interpreter.child(["-c", ASK].map(OsStr::new)) {
                Ok(ended) if ended.output.trim_ascii() == b"Python 3" => return Ok(interpreter),
                Ok(ended) => why.push(format!("{name} {}", ended.words())),
                Err(error) => why.push(error.to_string()),
            }
        }
        Err(Error::Missing {
            what: "Python 3".to_owned(),
            why: why.join(", "),
            remedy: "install it, for example with: apt-get install python3",
        })
    }

    /// Runs `program` with its words once; `traced`: under cProfile.
    pub(super) fn run(
        &self,
        program: &Path,
        words: &[&OsStr],
        traced: bool,
    ) -> Result<Observed, Error> {
        let name = program.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let run = if traced { format!("{name} under cProfile") } else { name.clone() };
        let most = FUNCTIONS.to_string();
        let first = ["-c", DRIVER, &most, if traced { "traced" } else { "plain" }];
        let first = first.map(OsStr::new).into_iter().chain([program.as_os_str()]);
        let ended =
            self.child(first.chain(words.iter().copied())).map_err(|error| match error {
                children::Error::TimedOut(limit) => {
                    Error::TimedOut { run: run.clone(), limit, waited_for: None }
                }
                other => Error::Refused {
                    what: "a process for Python".to_owned(),
                    cause: other.to_string(),
                    remedy: "run it again with fewer other programs",
                },
            })?;
        if !ended.exit.is_success() {
            let cause =
                format!("it {}; run it with python3 alone to see all of the error", ended.words());
            return Err(Error::Row { row: run, cause, exit_code: 1 });
        }
        serde_json::from_slice(&ended.output).map_err(|_| Error::Row {
            row: run,
            cause: "it ended Python without a report, as os._exit does; end it with sys.exit"
                .to_owned(),
            exit_code: 1,
        })
    }

    fn child<'w>(
        &self,
        words: impl IntoIterator<Item = &'w OsStr>,
    ) -> Result<Ended, children::Error> {
        let killer = Killer::of_group();
        let _killed_on_cancel = self.cancellation.on_cancel({
            let killer = killer.clone();
            move || killer.kill()
        });
        let mut child = Child::spawn(Command::new(self.name).args(words), &killer, Duration::ZERO)?;
        child.limit(self.timeout);
        child.close_input();
        let (exit, output) = child.finish(LONGEST, |_| {})?;
        Ok(Ended { exit, output, last_line: child.errors().last_line() })
    }
}

/// How a child ended, and what it wrote.
struct Ended {
    exit: Exit,
    output: Vec<u8>,
    /// Of its standard error.
    last_line: Option<String>,
}

impl Ended {
    /// Reads on after "it".
    fn words(&self) -> String {
        match &self.last_line {
            Some(line) => format!("{}: {line}", self.exit),
            None => self.exit.to_string(),
        }
    }
}
