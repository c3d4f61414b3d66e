use std::fmt;
use std::io::{BufRead, BufReader, Write};
use std::ops::Range;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Instant;

use kernels::{Event, Kernel, Span};
use measure::{Error, cleanup};

use crate::SOURCE;

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

/// A child that stands ready. It ends when it is dropped, and when the run is ended.
pub struct Python {
    name: String,
    input: Option<ChildStdin>,
    output: BufReader<ChildStdout>,
    child: Arc<Mutex<Child>>,
    _entry: cleanup::Entry,
}

impl Python {
    /// Starts the `python3` that is found on the path.
    pub fn start() -> Result<Python, Error> {
        let name = version().ok_or_else(|| missing("python3 is not on the path"))?;
        let program = format!("{SOURCE}{SERVE}");
        let mut child = Command::new("python3")
            .args(["-c", &program])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .map_err(|error| missing(&error.to_string()))?;
        let (input, output) = (child.stdin.take(), child.stdout.take());
        let output = output.ok_or_else(|| missing("it has no output"))?;
        let child = Arc::new(Mutex::new(child));
        let ended = child.clone();
        let entry = cleanup::register(move || {
            let _ = ended.lock().unwrap_or_else(PoisonError::into_inner).kill();
        });
        Ok(Python { name, input, output: BufReader::new(output), child, _entry: entry })
    }

    fn ask(&mut self, question: &str) -> Result<String, String> {
        let input = self.input.as_mut().ok_or("it has no input")?;
        input.write_all(question.as_bytes()).map_err(|error| error.to_string())?;
        let mut line = String::new();
        match self.output.read_line(&mut line) {
            Ok(0) => Err("it ended".to_owned()),
            Ok(_) => Ok(line),
            Err(error) => Err(error.to_string()),
        }
    }
}

impl Drop for Python {
    fn drop(&mut self) {
        drop(self.input.take()); // The end of its input is the end of its work.
        let mut child = self.child.lock().unwrap_or_else(PoisonError::into_inner);
        let _ = child.kill();
        let _ = child.wait();
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
