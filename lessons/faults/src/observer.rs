use std::thread;
use std::time::{Duration, Instant};

use children::{Child, Exit, Killer, orphans};
use measure::{Cancellation, Error};

use crate::case::{CASE, Case, CaseReport};
use crate::outcome::{Ending, Outcome};

/// How often a case is looked at.
const LOOK: Duration = Duration::from_millis(2);

/// How long the workers of a case that has ended may take to end, too.
const AFTERWARDS: Duration = Duration::from_secs(1);

/// How much of what a case writes is kept.
const KEPT: usize = 10_000;

/// Runs the case as a program of its own, and ends it after `limit`.
///
/// # Errors
///
/// Where the system refuses the process.
pub(crate) fn observe(
    case: &Case,
    limit: Duration,
    cancellation: &Cancellation,
) -> Result<Outcome, Error> {
    let refused = |cause: String| Error::Refused {
        what: "a process for one of the runs".to_owned(),
        cause,
        remedy: "raise the limit (ulimit -u, ulimit -n)",
    };
    let mut command = children::this_program().map_err(|cause| Error::Refused {
        what: "a process for one of the runs".to_owned(),
        cause: cause.to_string(),
        remedy: Error::NO_PROC,
    })?;
    command.arg(CASE).arg(serde_json::to_string(case).expect("plain data"));
    command.env_remove("RUST_BACKTRACE"); // A careless program panics, and one line of that is enough.
    // Only the case itself: what it leaves behind is to be counted.
    let killer = Killer::of_leader();
    let _cancelled = cancellation.on_cancel({
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
    let report: Option<CaseReport> = serde_json::from_slice(output.trim_ascii()).ok();
    let errors = child.errors().first_line();
    let wrong = report.map(|report| report.deviation).filter(|deviation| !deviation.right);
    Ok(Outcome {
        end: ending(exit, report, errors.as_deref()),
        seconds: report.map_or(time.as_secs_f64(), |report| report.seconds),
        program_seconds: time.as_secs_f64(),
        retries: report.map_or(0, |report| report.retries),
        off_by: wrong.map(|deviation| deviation.off_by),
        exit_code: exit.and_then(Exit::status),
        signal: exit.and_then(Exit::signal),
        error: errors,
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

fn ending(exit: Option<Exit>, report: Option<CaseReport>, errors: Option<&str>) -> Ending {
    match (exit, report) {
        (None, _) => Ending::Hung,
        (Some(exit), Some(report)) if exit.is_success() => {
            if report.deviation.right {
                Ending::Right
            } else {
                Ending::WrongSum
            }
        }
        (Some(exit), _) => {
            let own = exit.status().is_some_and(|code| [1, 70, 71, 75].contains(&code));
            if own && errors.is_some() { Ending::Error } else { Ending::Died }
        }
    }
}
