use std::thread;
use std::time::{Duration, Instant};

use children::{Child, Exit, Killer};

use measure::{Error, cleanup};
use serde::Serialize;

use crate::case::{CASE, Case, Said};
use crate::orphans;

/// How often a case is looked at.
const LOOK: Duration = Duration::from_millis(2);

/// How long the workers of a case that has ended may take to end, too.
const AFTERWARDS: Duration = Duration::from_secs(1);

/// How much of what a case says is kept.
const KEPT: usize = 10_000;

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
    let refused = |cause: String| Error::Refused {
        what: "a process for one of the runs".to_owned(),
        cause,
        remedy: "raise the limit (ulimit -u, ulimit -n)",
    };
    let mut command = children::this_program().map_err(|cause| refused(cause.to_string()))?;
    command.arg(CASE).arg(serde_json::to_string(case).expect("plain data"));
    command.env_remove("RUST_BACKTRACE"); // A naive program panics, and one line of that is enough.
    // Only the case itself: what it leaves behind is to be counted.
    let killer = Killer::of_leader();
    let _cancelled = cleanup::register({
        let killer = killer.clone();
        move || {
            killer.kill();
            orphans::end_all();
        }
    });
    let start = Instant::now();
    let child = Child::spawn(&mut command, &killer, Duration::ZERO);
    let mut child = child.map_err(|error| refused(error.to_string()))?;
    child.limit(limit);
    let finished = child.finish(KEPT, |_| {});
    let time = start.elapsed();
    // Its input is still open: as long as it is, whoever waits for its end waits.
    let left_behind = left_behind();
    let (exit, output) = finished.map_or((None, Vec::new()), |(exit, output)| (Some(exit), output));
    let said: Option<Said> = serde_json::from_slice(output.trim_ascii()).ok();
    let errors = child.errors().first_line();
    Ok(Seen {
        end: end(exit, said, errors.as_deref()),
        seconds: said.map_or(time.as_secs_f64(), |said| said.seconds),
        retries: said.map_or(0, |said| said.retries),
        off_by: said.filter(|said| !said.answer.right).map(|said| said.answer.off_by),
        exit_code: exit.and_then(Exit::status),
        signal: exit.and_then(Exit::signal),
        said: errors,
        left_behind,
    })
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

fn end(exit: Option<Exit>, said: Option<Said>, errors: Option<&str>) -> End {
    match (exit, said) {
        (None, _) => End::Hung,
        (Some(exit), Some(said)) if exit.is_success() => {
            if said.answer.right {
                End::Right
            } else {
                End::WrongSum
            }
        }
        (Some(exit), _) => {
            let own = exit.status().is_some_and(|code| [1, 70, 71, 75].contains(&code));
            if own && errors.is_some() { End::Error } else { End::Died }
        }
    }
}
