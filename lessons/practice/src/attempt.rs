//! One attempt, judged in a process of its own, which may do whatever it likes.

use std::fs::{self, File};
use std::io::{Read, Seek, SeekFrom, Write};
use std::path::Path;
use std::process::{self, Command};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering::Relaxed};
use std::thread;
use std::time::{Duration, SystemTime};

use children::family::{children_of, is_stopped};
use children::{Child, Exit, Killer, orphans};
use judge::{Event, Failure, Stage, Verdict};
use measure::{Cancellation, Error};
use rng::Rng;

/// No attempt is judged for longer: each step has a limit of its own, of some seconds.
const LONGEST: Duration = Duration::from_secs(45);

/// So long one may take to end, once its verdict is there and its lifeline was cut.
const GRACE: Duration = Duration::from_millis(300);

/// So much of what an attempt prints is shown.
const MOST_BYTES: usize = 4000;

/// More processes than this at a time are no exercise.
const MOST_PROCESSES: usize = 60;

/// How often it is looked how many there are.
const LOOK: Duration = Duration::from_millis(20);

/// A process counts as left behind that is an orphan at so many looks in a row.
const LOOKS_AT_ORPHANS: usize = 5;

/// What became of an attempt.
#[derive(Debug)]
pub(crate) struct Judged {
    pub(crate) verdict: Verdict,
    /// What it printed, at most a few lines of it.
    pub(crate) printed: String,
}

/// Runs the attempt `variant` of `program`, and gives its verdict. To be called only while this process has no other
/// children: what an attempt leaves behind becomes a child of this one, and is ended.
///
/// # Errors
///
/// Where the system refuses what it takes to run it.
pub(crate) fn judge(
    program: &Path,
    variant: &str,
    seed: u64,
    cancellation: &Cancellation,
) -> Result<Judged, Error> {
    // Both lie beside the program, and go with it.
    let beside = program.parent().unwrap_or(Path::new("."));
    let (folder, path) = (beside.join("run"), beside.join("events"));
    let made = fs::create_dir_all(&folder).and_then(|()| File::create(&path));
    // Open before the attempt runs: what it deletes then does not matter.
    let events = made.and_then(|_| File::open(&path));
    let mut events = events.map_err(|cause| crate::workshop::refused(&path, &cause))?;
    let mut command = Command::new(program);
    command.arg(&path).args([variant, &seed.to_string()]).current_dir(&folder);
    command.env("TMPDIR", &folder).env("TMP", &folder).env("TEMP", &folder);
    command.env_remove("RUST_BACKTRACE");
    let killer = Killer::of_family();
    let theirs = killer.clone();
    let _registered = cancellation.on_cancel(move || {
        theirs.kill();
        orphans::end_all();
    });
    let mut child = Child::spawn(&mut command, &killer, GRACE).map_err(|error| Error::Worker {
        worker: "the attempt".to_owned(),
        cause: error.to_string(),
        remedy: "try again",
    })?;
    child.limit(LONGEST);
    // Nobody but the judge is told.
    let word = format!("{:x}", word_of(seed));
    let _ = writeln!(child, "{word}");
    let (over, trouble) = (AtomicBool::new(false), OnceLock::new());
    let orphans = AtomicUsize::new(0);
    let ended = thread::scope(|scope| {
        let (child_id, killer) = (child.id(), killer.clone());
        let (over, trouble, orphans) = (&over, &trouble, &orphans);
        scope.spawn(move || {
            let mut looks = 0;
            while !over.load(Relaxed) {
                if let Some(found) = trouble_of(child_id) {
                    trouble.get_or_init(|| found);
                    killer.kill();
                }
                // One that is about to end is no matter.
                looks = if orphans_now() > 0 { looks + 1 } else { 0 };
                if looks >= LOOKS_AT_ORPHANS {
                    orphans.fetch_max(orphans_now(), Relaxed);
                }
                thread::sleep(LOOK);
            }
        });
        let ended = child.finish(MOST_BYTES, |_| ());
        over.store(true, Relaxed);
        ended
    });
    let said = child.errors().text().into_owned();
    drop(child);
    orphans::end_all();
    let reported = read_events(&mut events, &word);
    let (exit, output) = match ended {
        Ok((exit, output)) => (Some(exit), output),
        Err(_) => (None, Vec::new()),
    };
    let mut verdict = reported.verdict.clone().unwrap_or_else(|| Verdict {
        failure: Some(ended_early(exit, trouble.into_inner(), &said, &reported)),
        seed,
        ..Verdict::default()
    });
    let orphans = orphans.into_inner();
    if orphans > 0 && verdict.failure.is_none() {
        let text = format!("it left {} behind, and nobody waits for them", processes(orphans));
        verdict.failure = Some(Failure::new(Stage::How, text));
    }
    let printed = String::from_utf8_lossy(&output).into_owned();
    let printed = if said.trim().is_empty() { printed } else { format!("{printed}{said}") };
    let printed = printed.chars().take(MOST_BYTES).collect();
    let _ = fs::remove_dir_all(&folder);
    Ok(Judged { verdict, printed })
}

/// Why an attempt has to be ended from outside.
#[derive(Debug, Clone, Copy)]
enum Trouble {
    /// It has started so many processes.
    Crowd(usize),
    /// It was stopped, and would never go on by itself.
    Stopped,
}

fn trouble_of(process: u32) -> Option<Trouble> {
    if is_stopped(process) {
        return Some(Trouble::Stopped);
    }
    let processes = family_of(process);
    (processes > MOST_PROCESSES).then_some(Trouble::Crowd(processes))
}

/// How many processes there are below a process, together with orphans that were given to this one.
fn family_of(process: u32) -> usize {
    let mut found = vec![process];
    let mut next = 0;
    while next < found.len() && found.len() <= 4 * MOST_PROCESSES {
        found.extend(children_of(found[next]));
        next += 1;
    }
    found.len() - 1 + orphans_now()
}

/// How many orphans were given to this process, which has one child of its own.
fn orphans_now() -> usize {
    children_of(process::id()).len().saturating_sub(1)
}

fn processes(number: usize) -> String {
    if number == 1 { "a process".to_owned() } else { format!("{number} processes") }
}

/// A word that cannot be guessed from the seed.
fn word_of(seed: u64) -> u128 {
    let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
    let mut rng = Rng::new(now.as_nanos() as u64 ^ seed.rotate_left(32) ^ u64::from(process::id()));
    (u128::from(rng.bits()) << 64) | u128::from(rng.bits())
}

/// What an attempt has reported.
#[derive(Debug, Default)]
struct Reported {
    verdict: Option<Verdict>,
    /// What it did last, and at which stage that was.
    last: String,
    stage: Option<Stage>,
    /// A panic of that step.
    panic: Option<String>,
}

fn read_events(file: &mut File, word: &str) -> Reported {
    let (mut bytes, mut reported) = (Vec::new(), Reported::default());
    let read = file.seek(SeekFrom::Start(0)).and_then(|_| file.read_to_end(&mut bytes));
    if read.is_err() {
        return reported;
    }
    let text = String::from_utf8_lossy(&bytes);
    // Whatever stands before the word on its line was written by somebody else.
    let events = text.lines().filter_map(|line| Some(line.split_once(word)?.1));
    for event in events {
        match serde_json::from_str(event) {
            Ok(Event::Began { what, stage }) => {
                if reported.stage != Some(stage) {
                    reported.panic = None;
                }
                (reported.last, reported.stage) = (what, Some(stage));
            }
            Ok(Event::Panicked(text)) => reported.panic = Some(text),
            Ok(Event::Over(verdict)) => reported.verdict = Some(*verdict),
            Err(_) => {}
        }
    }
    reported
}

/// What to say of an attempt that has ended before its verdict.
fn ended_early(
    exit: Option<Exit>,
    trouble: Option<Trouble>,
    said: &str,
    Reported { last, stage, panic, .. }: &Reported,
) -> Failure {
    // A panic on the way out of another one ends the program; the first one is the reason.
    if let (Some(Exit::Signal(_)), None, Some(panic)) = (exit, trouble, panic) {
        return Failure::new(stage.unwrap_or(Stage::Ends), panic.as_str());
    }
    let at = if last.is_empty() { String::new() } else { format!(" (it was at: {last})") };
    let text = match (trouble, exit) {
        (Some(Trouble::Crowd(processes)), _) => {
            format!("it had started {processes} processes, and was ended before there were more")
        }
        (Some(Trouble::Stopped), _) => "it stopped itself, and was ended".to_owned(),
        (None, None) => {
            let text = format!("it was not over after {} s, and was ended{at}", LONGEST.as_secs());
            return Failure::new(Stage::Ends, text);
        }
        _ if said.contains("has overflowed its stack") => {
            "it overflowed its stack: calls go deeper than there is room".to_owned()
        }
        _ if said.contains("memory allocation of") => {
            "it wanted more memory than there is for an exercise".to_owned()
        }
        (None, Some(exit)) if exit.status().is_some() => {
            format!(
                "it {exit} before it was judged: whoever ends the process ends the judge with it"
            )
        }
        (None, Some(exit)) => format!("it {exit}"),
    };
    Failure::ended_early(format!("{text}{at}"))
}
