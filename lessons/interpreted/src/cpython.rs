use std::fmt;
use std::io::{BufRead, Write};
use std::ops::Range;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use children::{Child, Killer};
use kernels::{Event, Kernel, Span};
use measure::{Context, Error, Registration};

use crate::SOURCE;

/// How long it may take to end once its input is closed.
const GRACE: Duration = Duration::from_millis(200);

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
///
/// # Errors
///
/// [`Error::Worker`] where the child ends or answers nonsense.
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

/// A Python that is asked again and again. It ends when it is dropped, and when the run is cancelled.
pub struct Python {
    name: String,
    child: Child,
    _killed_on_cancel: Registration,
}

impl Python {
    /// Starts the `python3` that is found on the path.
    ///
    /// # Errors
    ///
    /// [`Error::Missing`] where there is none.
    pub fn start(context: &Context) -> Result<Python, Error> {
        let name = version().ok_or_else(|| missing("python3 is not on the path"))?;
        let killer = Killer::of_group();
        let killed_on_cancel = context.on_cancel({
            let killer = killer.clone();
            move || killer.kill()
        });
        let mut command = Command::new("python3");
        command.args(["-c", &format!("{SOURCE}{SERVE}")]);
        let child = Child::spawn(&mut command, &killer, GRACE);
        let child = child.map_err(|error| missing(&error.to_string()))?;
        Ok(Python { name, child, _killed_on_cancel: killed_on_cancel })
    }

    fn ask(&mut self, question: &str) -> Result<String, String> {
        let mut line = String::new();
        let sent = self.child.write_all(question.as_bytes());
        match sent.and_then(|()| self.child.read_line(&mut line)) {
            Ok(0) => Err("it ended".to_owned()),
            Ok(_) => Ok(line),
            Err(cause) => Err(self.child.failure(&cause).to_string()),
        }
    }
}

impl fmt::Debug for Python {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Python").field("name", &self.name).finish()
    }
}

/// Which Python the path leads to: `Python 3.11.2`. `None` where there is none.
pub fn version() -> Option<String> {
    let asked = Command::new("python3").arg("--version").stdin(Stdio::null()).output().ok()?;
    let text = String::from_utf8(asked.stdout).ok()?;
    let name = text.trim();
    (asked.status.success() && name.starts_with("Python 3")).then(|| name.to_owned())
}

fn missing(why: &str) -> Error {
    Error::Missing {
        what: "CPython".to_owned(),
        why: why.to_owned(),
        remedy: "install it, for example with: apt-get install python3",
    }
}
