use std::env;
use std::process::{Command, ExitCode, Stdio};
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::thread;
use std::time::Duration;

use children::orphans;
use measure::{Cancellation, Error};
use scale::quietly;

/// With this argument the program runs the one that the words after it name, with less memory.
const PART: &str = "--limited";

/// A compiler or a lesson that needs more than so many bytes is stuck.
const MEMORY: u64 = 8 << 30;

/// How this process ends where the other could not be started.
const NOT_STARTED: u8 = 69;

/// Runs another program with a limit to its memory, if this process was started for that; gives how it ended. Ended is
/// ended: what the other has to say stands in its output.
pub fn run_if_asked() -> Option<ExitCode> {
    let mut arguments = env::args_os().skip(1);
    if arguments.next()?.to_str() != Some(PART) {
        return None;
    }
    children::itself::limit_memory(MEMORY);
    let started = Command::new(arguments.next()?).args(arguments).status();
    Some(ExitCode::from(if started.is_ok() { 0 } else { NOT_STARTED }))
}

/// Ends what was left behind, and what that leaves behind in turn.
fn end_orphans() {
    const GENERATIONS: usize = 100;
    for _ in 0..GENERATIONS {
        orphans::end_all();
        if orphans::how_many().is_none_or(|left| left == 0) {
            return;
        }
    }
}

/// What `command` writes to standard output and what to standard error, if it ends within `limit`. Until then it may
/// start what it likes; nothing of that is left.
///
/// # Errors
///
/// Says what became of it instead.
pub(super) fn output(
    title: &str,
    command: &Command,
    limit: Duration,
    cancellation: &Cancellation,
) -> Result<(String, String), Error> {
    let failed = |cause: String| Error::Worker {
        worker: title.to_owned(),
        cause,
        remedy: "run it by itself to see more",
    };
    let this = children::this_program().map_err(|error| failed(error.to_string()))?;
    let mut limited = this;
    limited.arg(PART).arg(command.get_program()).args(command.get_args());
    for (name, value) in command.get_envs() {
        match value {
            Some(value) => limited.env(name, value),
            None => limited.env_remove(name),
        };
    }
    if let Some(folder) = command.get_current_dir() {
        limited.current_dir(folder);
    }
    limited.stdin(Stdio::null());
    let ours = cancellation.child();
    // Also what has left its group, and has no other parent any more.
    let _ended = cancellation.on_cancel(orphans::end_all);
    let (over, ended) = channel::<()>();
    let run = thread::scope(|scope| {
        let theirs = ours.clone();
        scope.spawn(move || {
            if ended.recv_timeout(limit) == Err(RecvTimeoutError::Timeout) {
                theirs.cancel();
            }
        });
        let run = quietly(title, &mut limited, &ours);
        drop(over);
        run
    });
    end_orphans();
    if ours.is_cancelled() && !cancellation.is_cancelled() {
        return Err(failed(format!("it took longer than {} s, and was ended", limit.as_secs())));
    }
    let run = run?;
    let text = |output: &scale::Output| {
        output.bytes().map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).unwrap_or_default()
    };
    Ok((text(&run.output), text(&run.errors)))
}
