use std::io::{self, BufRead, Read, Write};
use std::ops::Range;
use std::process::Command;
use std::time::{Duration, Instant};

use children::{Child, Killer};
use kernels::{Event, Kernel, Span};
use measure::{Context, Error, Registration};

use crate::SOURCE;

/// No sum has more digits.
const LONGEST_LINE: u64 = 1000;

/// What the child does after it has read [`SOURCE`]: one sum for each line.
const SERVE: &str = "
import sys
for line in sys.stdin:
    low, high = line.split()
    print(total(int(low), int(high)), flush=True)
";

/// The same program in the Python of this machine: a child that stands ready and is asked over a pipe.
///
/// A question and its answer take some ten microseconds, which a sum of a million terms does not notice.
pub fn cpython<K: Kernel>(
    kernel: &K,
    terms: Range<u64>,
    python: &mut Python,
) -> Result<u64, Error> {
    let start = Instant::now();
    let answer = python.ask(&format!("{} {}\n", terms.start, terms.end));
    let sum = answer.and_then(|line| line.trim().parse().map_err(|_| format!("it said {line:?}")));
    let sum = sum.map_err(|cause| Error::Worker {
        worker: python.name.clone(),
        cause,
        remedy: "run it again, or leave the row out with -s",
    })?;
    kernel.record(Event::Summed(Span::mine(terms, start)));
    Ok(sum)
}

/// A child that stands ready. It ends when it is dropped, and when the run is cancelled.
#[derive(Debug)]
pub struct Python {
    name: String,
    child: Child,
    _killed_on_cancel: Registration,
}

impl Python {
    /// Starts the `python3` that is found on the path.
    pub fn start(context: &Context) -> Result<Python, Error> {
        let name = version().ok_or_else(|| missing("python3 is not on the path"))?;
        let killer = Killer::of_group();
        let killed_on_cancel = context.on_cancel({
            let killer = killer.clone();
            move || killer.kill()
        });
        let mut command = Command::new("python3");
        command.args(["-c", &format!("{SOURCE}{SERVE}")]);
        // It has nothing to put away, so nobody waits for its end.
        let child = Child::spawn(&mut command, &killer, Duration::ZERO);
        let child = child.map_err(|error| missing(&error.to_string()))?;
        Ok(Python { name, child, _killed_on_cancel: killed_on_cancel })
    }

    fn ask(&mut self, question: &str) -> Result<String, String> {
        let asked = self.child.write_all(question.as_bytes());
        asked.map_err(|cause| self.child.failure(&cause).to_string())?;
        let mut line = String::new();
        match (&mut self.child).take(LONGEST_LINE).read_line(&mut line) {
            Ok(1..) => Ok(line),
            Ok(0) => Err(self.child.failure(&io::ErrorKind::UnexpectedEof.into()).to_string()),
            Err(cause) => Err(self.child.failure(&cause).to_string()),
        }
    }
}

/// Which Python the path leads to: `Python 3.11.2`. `None` where there is none.
pub fn version() -> Option<String> {
    let text = output(&["--version"], "")?;
    let name = text.trim();
    name.starts_with("Python 3").then(|| name.to_owned())
}

/// What Python writes, run with these arguments and this input; `None` where it fails or takes too long.
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

fn missing(why: &str) -> Error {
    Error::Missing {
        what: "CPython".to_owned(),
        why: why.to_owned(),
        remedy: "install it, for example with: apt-get install python3",
    }
}
