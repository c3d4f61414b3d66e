use std::io::{self, BufRead, Read, Write};
use std::ops::Range;
use std::process::Command;
use std::time::{Duration, Instant};

use children::{Child, Killer};
use kernels::{Event, Kernel, Span};
use measure::{Context, Error, Registration};

use crate::SOURCE;

/// No answer is longer, in bytes.
const LONGEST_LINE: u64 = 1000;

/// What the child does after [`SOURCE`]: it gives its version, then one sum for each line.
const SERVE: &str = "
import sys
print('Python %d.%d.%d' % sys.version_info[:3], flush=True)
for line in sys.stdin:
    low, high = line.split()
    print(total(int(low), int(high)), flush=True)
";

/// The same program in the Python of this machine: a persistent child process that is asked over a pipe.
///
/// A question and its answer take some ten microseconds, which a sum of a million terms does not notice.
pub fn cpython<K: Kernel>(
    kernel: &K,
    terms: Range<u64>,
    python: &mut Python,
) -> Result<u64, Error> {
    let start = Instant::now();
    let answer = python.ask(&format!("{} {}\n", terms.start, terms.end));
    let sum =
        answer.and_then(|line| line.trim().parse().map_err(|_| format!("it answered {line:?}")));
    let sum = sum.map_err(|cause| Error::Worker {
        worker: python.name.clone(),
        cause,
        remedy: "run it again, or leave the row out with -s",
    })?;
    kernel.record(Event::Summed(Span::mine(terms, start)));
    Ok(sum)
}

/// A Python that waits for questions. It ends when it is dropped and when the run is cancelled.
#[derive(Debug)]
pub struct Python {
    name: String,
    child: Child,
    _killed_on_cancel: Registration,
}

impl Python {
    /// Starts the `python3` on the path; [`Error::Missing`] where there is none.
    pub fn start(context: &Context) -> Result<Python, Error> {
        let killer = Killer::of_group();
        let killed_on_cancel = context.on_cancel({
            let killer = killer.clone();
            move || killer.kill()
        });
        let mut command = Command::new("python3");
        command.args(["-c", &format!("{SOURCE}{SERVE}")]);
        // It has nothing to clean up, so nothing waits for its end.
        let child = Child::spawn(&mut command, &killer, Duration::ZERO);
        let child = child.map_err(|error| match error {
            children::Error::NotStarted { cause, .. }
                if cause.kind() == io::ErrorKind::NotFound =>
            {
                missing("python3 is not on the path".to_owned())
            }
            other => missing(other.to_string()),
        })?;
        let mut python = Python { name: String::new(), child, _killed_on_cancel: killed_on_cancel };
        python.name = python.ask("").map_err(missing)?.trim().to_owned();
        Ok(python)
    }

    /// Writes a question and reads a line.
    fn ask(&mut self, question: &str) -> Result<String, String> {
        let mut line = String::new();
        let written = self.child.write_all(question.as_bytes());
        let mut child = (&mut self.child).take(LONGEST_LINE);
        match written.and_then(|()| child.read_line(&mut line)) {
            Ok(1..) => Ok(line),
            Ok(0) => Err(self.failure(&io::ErrorKind::UnexpectedEof.into())),
            Err(cause) => Err(self.failure(&cause)),
        }
    }

    /// Why the child no longer answers: how it ended, and its last line of standard error.
    fn failure(&mut self, cause: &io::Error) -> String {
        let failure = self.child.failure(cause);
        match self.child.errors().last_line() {
            Some(line) => format!("{failure}: {line}"),
            None => failure.to_string(),
        }
    }
}

/// The Python on the path, for example `Python 3.11.2`; `None` where there is none.
pub fn version() -> Option<String> {
    let text = output(&["--version"], "")?;
    let name = text.trim();
    name.starts_with("Python 3").then(|| name.to_owned())
}

/// The output of python3 for these arguments and this input; `None` where it fails or takes too long.
pub fn output(arguments: &[&str], input: &str) -> Option<String> {
    let mut command = Command::new("python3");
    let mut child =
        Child::spawn(command.args(arguments), &Killer::of_group(), Duration::ZERO).ok()?;
    child.limit(Duration::from_secs(20));
    child.write_all(input.as_bytes()).ok()?;
    child.close_input();
    let (exit, output) = child.finish(1 << 24, |_| {}).ok()?;
    String::from_utf8(output).ok().filter(|_| exit.is_success())
}

fn missing(why: String) -> Error {
    let remedy = "install it, for example with: apt-get install python3";
    Error::Missing { what: "CPython".to_owned(), why, remedy }
}
