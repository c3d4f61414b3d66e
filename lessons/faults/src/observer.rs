use std::io::{self, Read};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use course::signals;
use measure::{Error, cleanup};
use serde::Serialize;

use crate::case::{CASE, Case, Said};
use crate::orphans;

/// How often a case is looked at.
const LOOK: Duration = Duration::from_millis(2);

/// How long the workers of a case that has ended may take to end, too.
const AFTERWARDS: Duration = Duration::from_secs(1);

/// How much of what a case says is kept.
const KEPT: u64 = 10_000;

/// What was seen of one case from the outside.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Seen {
    /// How it ended.
    pub(crate) end: End,
    /// The time of the sum where the case told it, the time until its end otherwise.
    pub(crate) seconds: f64,
    /// How often a lost range was given to another worker.
    pub(crate) retries: u32,
    /// How far off the sum was that it believed, as a fraction of the known answer.
    pub(crate) off_by: Option<f64>,
    /// Its exit status, if it had one.
    pub(crate) exit_code: Option<i32>,
    /// The signal that ended it, if one did.
    pub(crate) signal: Option<String>,
    /// The first line that it wrote to standard error.
    pub(crate) said: Option<String>,
    /// How many processes it left behind; null where the system does not tell.
    pub(crate) left_behind: Option<usize>,
}

/// How a case ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum End {
    /// With the right sum.
    Right,
    /// With a wrong sum that it believed.
    WrongSum,
    /// With an error that says what happened.
    Error,
    /// Without a sum, and without an error of its own.
    Died,
    /// Not at all: it was ended at the time limit.
    Hung,
}

/// Runs the case as a program of its own, and ends it after `limit`.
///
/// # Errors
///
/// Where the system refuses the process.
pub(crate) fn observe(case: &Case, limit: Duration) -> Result<Seen, Error> {
    let refused = |cause: io::Error| Error::Refused {
        what: "a process for one of the runs".to_owned(),
        cause: cause.to_string(),
        remedy: "raise the limit (ulimit -u, ulimit -n)",
    };
    let mut command = Command::new(std::env::current_exe().map_err(refused)?);
    command.arg(CASE).arg(serde_json::to_string(case).expect("plain data"));
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command.env_remove("RUST_BACKTRACE"); // A naive program panics, and one line of that is enough.
    #[cfg(unix)]
    std::os::unix::process::CommandExt::process_group(&mut command, 0);
    let mut child = command.spawn().map_err(refused)?;
    // Its other end: as long as it is held, whoever waits for the end of this input waits.
    let lifeline = child.stdin.take();
    let start = Instant::now();
    let output = child.stdout.take().map(reader).transpose().map_err(refused)?;
    let errors = child.stderr.take().map(reader).transpose().map_err(refused)?;
    let child = Arc::new(Mutex::new(child));
    let to_kill = Arc::clone(&child);
    let _killed_at_the_end = cleanup::register(move || {
        let _ = locked(&to_kill).kill();
        orphans::end_all();
    });
    let ended = wait(&child, start + limit).map_err(refused)?;
    let time = start.elapsed();
    let left_behind = left_behind();
    drop(lifeline);
    let said = output.map(text).unwrap_or_default();
    let said: Option<Said> = serde_json::from_str(said.trim()).ok();
    let errors = errors.map(text).unwrap_or_default();
    let errors = errors.lines().find(|line| !line.is_empty()).map(str::to_owned);
    Ok(Seen {
        end: end(ended, said, errors.as_deref()),
        seconds: said.map_or(time.as_secs_f64(), |said| said.seconds),
        retries: said.map_or(0, |said| said.retries),
        off_by: said.filter(|said| !said.answer.right).map(|said| said.answer.off_by),
        exit_code: ended.and_then(|status| status.code()),
        signal: ended.and_then(signals::that_ended),
        said: errors,
        left_behind,
    })
}

/// Waits for the end; kills the child at `deadline`, and gives `None` then.
fn wait(child: &Mutex<Child>, deadline: Instant) -> io::Result<Option<ExitStatus>> {
    loop {
        let mut child = locked(child);
        if let Some(status) = child.try_wait()? {
            return Ok(Some(status));
        }
        if Instant::now() > deadline {
            child.kill()?;
            child.wait()?;
            return Ok(None);
        }
        drop(child);
        thread::sleep(LOOK);
    }
}

/// The processes that are still there a second after the end of the case. They are ended, too.
fn left_behind() -> Option<usize> {
    let deadline = Instant::now() + AFTERWARDS;
    while orphans::how_many().is_some_and(|many| many > 0) && Instant::now() < deadline {
        thread::sleep(LOOK);
    }
    let left = orphans::how_many();
    orphans::end_all();
    left
}

fn end(status: Option<ExitStatus>, said: Option<Said>, errors: Option<&str>) -> End {
    match (status, said) {
        (None, _) => End::Hung,
        (Some(status), Some(said)) if status.success() => {
            if said.answer.right {
                End::Right
            } else {
                End::WrongSum
            }
        }
        (Some(status), _) => {
            let own = status.code().is_some_and(|code| [1, 70, 71, 75].contains(&code));
            if own && errors.is_some() { End::Error } else { End::Died }
        }
    }
}

/// Reads everything, so that nobody waits for a full pipe, and keeps the beginning.
fn reader(stream: impl Read + Send + 'static) -> io::Result<JoinHandle<Vec<u8>>> {
    thread::Builder::new().spawn(move || {
        let (mut stream, mut kept) = (stream, Vec::new());
        // What cannot be read cannot be told.
        let _ = stream.by_ref().take(KEPT).read_to_end(&mut kept);
        let _ = io::copy(&mut stream, &mut io::sink());
        kept
    })
}

fn text(reader: JoinHandle<Vec<u8>>) -> String {
    String::from_utf8_lossy(&reader.join().unwrap_or_default()).into_owned()
}

fn locked(child: &Mutex<Child>) -> MutexGuard<'_, Child> {
    child.lock().unwrap_or_else(PoisonError::into_inner)
}
