//! How the program ends on a signal and at its limit, with Pythons that have started others: none of them
//! stays, and nothing is left in the temporary folder. Only Linux shows enough of a process to check that.

use std::fs;
use std::path::Path;
use std::process::{Child, Command};
use std::time::{Duration, Instant};

use libtest_mimic::{Failed, Trial};
use testkit::trial;

use super::program::Ended;
use super::{PROGRAM, leftovers, program};

pub fn trials() -> Vec<Trial> {
    let elsewhere = !cfg!(target_os = "linux");
    let elsewhere = elsewhere.then(|| "only Linux tells who has started whom".to_owned());
    let missing = elsewhere.or_else(super::missing);
    let mut trials = Vec::new();
    for rows in ["loop", "threading", "pool-spawn", "pool-fork", "pool-forkserver"] {
        for signal in ["INT", "TERM", "KILL"] {
            let name = format!("nothing_of_{rows}_stays_after_{signal}");
            let test = move || nothing_stays(rows, signal);
            trials.push(trial(name, missing.clone(), test));
        }
        let name = format!("nothing_of_{rows}_stays_after_the_time_limit");
        let test = move || limit(rows);
        trials.push(trial(name, missing.clone(), test));
    }
    trials.push(trial("nothing_of_a_listing_stays", missing.clone(), shown));
    trials.push(trial("nothing_of_an_interrupted_setup_stays", missing, setup));
    trials
}

/// A sum that takes minutes, in a temporary folder of its own.
fn start(rows: &str, folder: &Path, more: &[&str]) -> Child {
    let slow = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/outside/slow.py");
    let slow = slow.to_str().expect("a plain path");
    let rows = if rows == "loop" { "your-turn" } else { rows };
    let all = ["-s", rows, "-n", "1e6", "-w", "2", "--no-baseline", "--json"];
    program::command(PROGRAM, &[&all[..], &["--your-turn", slow, "--budget", "100"], more].concat())
        .env("TMPDIR", folder)
        .spawn()
        .expect("the program starts")
}

/// What only shows something leaves nothing behind, either.
fn shown() -> Result<(), Failed> {
    let folder = tempfile::tempdir()?;
    let child = program::command(PROGRAM, &["dis"]).env("TMPDIR", folder.path()).spawn()?;
    let ended = program::finish(child);
    if ended.code() != Some(0) || !ended.stdout.contains("the same instructions") {
        return Err(format!("{ended:?}").into());
    }
    is_empty(folder.path())
}

fn nothing_stays(rows: &str, signal: &str) -> Result<(), Failed> {
    let folder = tempfile::tempdir()?;
    let child = start(rows, folder.path(), &["--rounds", "10000"]);
    let least = if rows.starts_with("pool") { 3 } else { 1 };
    let semaphores = ["pool-spawn", "pool-forkserver"].contains(&rows);
    let (ended, shared) = send(signal, child, least, semaphores)?;
    if semaphores && shared == 0 {
        return Err("its semaphores were not seen, so that nobody knows whether they stay".into());
    }
    if ended.took > Duration::from_secs(5) || !ended.stdout.is_empty() || !ended.stderr.is_empty() {
        return Err(format!("{ended:?}").into());
    }
    is_empty(folder.path())
}

/// A setup of its own, in a target folder that has none yet.
fn setup() -> Result<(), Failed> {
    let (target, folder) = (tempfile::tempdir()?, tempfile::tempdir()?);
    fs::write(target.path().join("CACHEDIR.TAG"), "")?;
    let copy = target.path().join("python");
    fs::copy(PROGRAM, &copy)?;
    let copy = copy.to_str().ok_or("a plain path")?;
    let child = program::command(copy, &["setup"]).env("TMPDIR", folder.path()).spawn()?;
    let (ended, _) = send("INT", child, 1, false)?;
    if ended.code().is_some() || ended.stderr.contains("failed") {
        return Err(format!("{ended:?}").into());
    }
    is_empty(folder.path())
}

/// Sends a signal to a program that is at work and has at least so many processes: none of them stays, nor
/// does the shared memory that they have named. Waits for that first, where `semaphores` are to come. Gives how
/// much that was.
fn send(
    signal: &str,
    child: Child,
    least: usize,
    semaphores: bool,
) -> Result<(Ended, usize), Failed> {
    let (came, begin) = (descendants_of(child.id(), least), Instant::now());
    let (started, shared) = loop {
        std::thread::sleep(Duration::from_millis(500));
        let started = leftovers::descendants_of(child.id());
        let shared = leftovers::shared_memory_of(&started);
        // On a busy machine a pool takes its time to make them.
        if !semaphores || !shared.is_empty() || begin.elapsed() > Duration::from_secs(10) {
            break (started, shared);
        }
    };
    let sent = Command::new("kill").args(["-s", signal, &child.id().to_string()]).status();
    let ended = program::finish(child);
    came.and(Ok(sent?))?;
    all_are_gone(&started)?;
    leftovers::all_are_removed(&shared, PATIENCE)?;
    Ok((ended, shared.len()))
}

fn limit(rows: &str) -> Result<(), Failed> {
    // In the middle of the sum that never ends, and of starting where each sum is short.
    let limit = if rows == "loop" { "1" } else { "0.02" };
    let folder = tempfile::tempdir()?;
    let child = start(rows, folder.path(), &["--timeout", limit, "--rounds", "1"]);
    let started = descendants_of(child.id(), 0);
    let ended = program::finish(child);
    let started = started?;
    if ended.code() != Some(75) || ended.stderr.lines().count() > 2 {
        return Err(format!("{ended:?}").into());
    }
    all_are_gone(&started)?;
    is_empty(folder.path())
}

/// The processes that came from `parent`, once there are so many.
fn descendants_of(parent: u32, least: usize) -> Result<Vec<u32>, Failed> {
    let begin = Instant::now();
    while begin.elapsed() < Duration::from_secs(30) {
        let family = leftovers::descendants_of(parent);
        if family.len() >= least {
            return Ok(family);
        }
        std::thread::sleep(Duration::from_millis(20));
    }
    Err("its children never came".into())
}

/// A second is promised; two are given.
const PATIENCE: Duration = Duration::from_secs(2);

fn all_are_gone(ids: &[u32]) -> Result<(), Failed> {
    Ok(leftovers::all_are_gone(ids, PATIENCE)?)
}

fn is_empty(folder: &Path) -> Result<(), Failed> {
    Ok(leftovers::is_empty(folder, PATIENCE)?)
}
