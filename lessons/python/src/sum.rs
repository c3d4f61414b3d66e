//! The strategy of every rung: a child Python sums, by its own clock.

use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use kernels::{Event, Home, Kernel, Known, Memory, Phase, Span, Spec, WorkerId, Workers};
use measure::{Error, Strategy, took};
use serde_json::{Value, json};

use crate::child::{self, Child, first_question};
use crate::interpreter::{self, Interpreter};
use crate::record::Record;
use crate::rung::{Count, Rung};
use crate::{place, stages, temporary};

/// What mends a rung that was not set up.
const SET_UP: &str = "run: cargo run -p python -- setup";

/// A child, and what it was made ready for.
#[derive(Debug)]
struct Ready {
    child: Child,
    rung: &'static Rung,
    workers: Workers,
    spec: Spec,
}

/// Children that nobody uses just now: the audit asks the ones that were timed.
static IDLE: Mutex<Vec<Ready>> = Mutex::new(Vec::new());

/// The row of a rung.
pub fn strategy<K: Kernel>(rung: &'static Rung) -> Strategy<K> {
    let start = move |kernel: &K, workers: Workers| {
        let mut ready = Lent(Some(ready(rung, kernel.spec(), workers)?));
        let sum: measure::Sum<K> = Box::new(move |kernel, terms| ready.sum(kernel, terms));
        Ok(sum)
    };
    let mut row = Strategy::ready(rung.name, rung.about, Box::new(start));
    if rung.per_term {
        row = row.per_term();
    }
    if rung.workers == Count::One {
        row = row.alone();
    }
    let row = match rung.only {
        Some(only) => row.only_on(only),
        None => row,
    };
    row.unpinned("it runs in a process of its own")
}

/// A child that goes back to the idle ones.
struct Lent(Option<Ready>);

impl Lent {
    fn sum<K: Kernel>(&mut self, kernel: &K, terms: Range<u64>) -> Result<u64, Error> {
        let ready = self.0.as_mut().ok_or_else(|| Error::Worker {
            worker: "Python".to_owned(),
            cause: "it has failed before".to_owned(),
            remedy: "run it again",
        })?;
        let answer = ready.sum(kernel, terms);
        if answer.is_err() {
            self.0 = None; // What it says from now on would answer other questions.
        }
        answer
    }
}

impl Drop for Lent {
    fn drop(&mut self) {
        IDLE.lock().unwrap_or_else(PoisonError::into_inner).extend(self.0.take());
    }
}

/// Ends the children that nobody uses.
pub fn end_all() {
    let mut idle = IDLE.lock().unwrap_or_else(PoisonError::into_inner);
    child::end_all(idle.iter_mut().map(|ready| &mut ready.child));
    idle.clear();
    temporary::remove();
}

/// A child that is ready for this sum: an idle one, or a new one.
fn ready(rung: &'static Rung, spec: Spec, workers: Workers) -> Result<Ready, Error> {
    let mut idle = IDLE.lock().unwrap_or_else(PoisonError::into_inner);
    let fits = |ready: &Ready| {
        ready.rung.name == rung.name && ready.workers == workers && same(&ready.spec, &spec)
    };
    if let Some(found) = idle.iter().position(fits) {
        return Ok(idle.swap_remove(found));
    }
    drop(idle);
    let python = python_for(rung)?;
    start(rung, None, spec, workers, &python)
}

/// Whether both are the same terms, with the same data.
fn same(one: &Spec, other: &Spec) -> bool {
    let data = match (&one.data, &other.data) {
        (Some(one), Some(other)) => Arc::ptr_eq(one, other),
        (None, None) => true, // The numbers of `memory` are the same for the same number of terms.
        _ => false,
    };
    one.kernel == other.kernel && one.terms == other.terms && data
}

/// The Python that runs a rung here.
///
/// # Errors
///
/// [`Error::Missing`] where there is none, or where the rung was not set up.
pub fn python_for(rung: &Rung) -> Result<PathBuf, Error> {
    let record = place::made().and_then(|made| Record::read(&made));
    if rung.name == "free-threaded" {
        let found =
            record.and_then(|record| record.free_threaded).or_else(interpreter::free_threaded);
        return found.map(|found: Interpreter| found.path).ok_or_else(|| Error::Missing {
            what: "a Python without the lock".to_owned(),
            why: "none is on the path (python3.13t, python3.14t)".to_owned(),
            remedy: "name one: cargo run -p python -- setup --free-threaded PATH",
        });
    }
    if let Some(record) = record {
        return record.python_for(rung).map_err(|why| Error::Missing {
            what: rung.name.to_owned(),
            why,
            remedy: SET_UP,
        });
    }
    let found = interpreter::found()?;
    if rung.needs.is_empty() && rung.built == crate::rung::Built::Nothing {
        return Ok(found.path);
    }
    Err(Error::Missing {
        what: "what the lesson installs".to_owned(),
        why: "nothing is set up yet".to_owned(),
        remedy: SET_UP,
    })
}

fn start(
    rung: &'static Rung,
    file: Option<&Path>,
    mut spec: Spec,
    workers: Workers,
    python: &Path,
) -> Result<Ready, Error> {
    let asked = spec.clone();
    if spec.kernel == Memory::NAME && spec.data.is_none() {
        // The numbers are always the same; a child can only see those that lie in a file.
        spec = Memory::with_home(spec.terms, Home::Shared)?.spec();
    }
    let mut child =
        Child::start(python, &format!("the Python of {}", rung.name), spec.data.as_deref())?;
    let made = place::made();
    let built = made.as_ref().map(|made| place::built(made));
    let folders: Vec<&Path> =
        [Some(place::lesson()), built.as_deref()].into_iter().flatten().collect();
    let workers_told = (rung.workers == Count::Asked).then(|| workers.get());
    let file = file.map(Path::to_owned).or_else(|| yours(rung));
    let question = first_question(
        &rung.module(),
        file.as_deref(),
        rung.needs,
        spec.kernel.as_str(),
        (spec.terms, workers_told),
        &folders,
    );
    let answer = child.ask(&question)?;
    let seconds = |name: &str| answer[name].as_f64().unwrap_or_default();
    stages::note(
        rung.name,
        course::Stages {
            start: child.started().as_secs_f64(),
            import: seconds("import"),
            load: seconds("load"),
            first_call: seconds("first_call"),
            build: made.and_then(|made| Some(Record::read(&made)?.rungs.get(rung.name)?.seconds)),
        },
    );
    Ok(Ready { child, rung, workers, spec: asked })
}

/// The file of the row `your-turn`, where another one than the lesson's was named.
static YOURS: Mutex<Option<PathBuf>> = Mutex::new(None);

/// From now on the row `your-turn` runs this file.
pub fn take_turn_from(file: PathBuf) {
    *YOURS.lock().unwrap_or_else(PoisonError::into_inner) = Some(file);
}

fn yours(rung: &Rung) -> Option<PathBuf> {
    let named = YOURS.lock().unwrap_or_else(PoisonError::into_inner).clone();
    named.filter(|_| rung.name == "your-turn")
}

impl Ready {
    fn sum<K: Kernel>(&mut self, kernel: &K, terms: Range<u64>) -> Result<u64, Error> {
        let answer = self.child.ask(&json!({"low": terms.start, "high": terms.end}))?;
        let end = Instant::now();
        let read = |name: &str| answer[name].as_str()?.parse::<u64>().ok();
        let seconds = answer["seconds"].as_f64().filter(|seconds| *seconds >= 0.0);
        let (Some(sum), Some(seconds)) = (read("sum"), seconds) else {
            return Err(self.child.failed(format!("it answered {}", short(&answer))));
        };
        let time = Duration::try_from_secs_f64(seconds).unwrap_or_default();
        took(time);
        let start = end.checked_sub(time).unwrap_or(end);
        let pieces = answer["pieces"].as_array();
        match pieces {
            None => {
                let worker = WorkerId::Process(self.child.id());
                kernel.record(Event::Summed(Span { worker, range: terms, start, end }));
            }
            Some(pieces) => {
                for piece in pieces {
                    let piece = self
                        .piece(piece, start)
                        .ok_or_else(|| self.child.failed(format!("it told of {}", short(piece))))?;
                    kernel.record(Event::Summed(piece));
                }
            }
        }
        self.tell_phases(kernel, &answer);
        Ok(sum)
    }

    /// What one thread or process of the child did, on this program's clock.
    fn piece(&self, told: &Value, start: Instant) -> Option<Span> {
        let number = |name: &str| told[name].as_u64();
        let at = |name: &str| {
            let seconds = told[name].as_f64()?.max(0.0);
            start.checked_add(Duration::try_from_secs_f64(seconds).ok()?)
        };
        let worker = match number("process") {
            Some(process) => WorkerId::Process(u32::try_from(process).ok()?),
            None => WorkerId::ThreadOf(self.child.id(), u32::try_from(number("thread")?).ok()?),
        };
        let range = number("low")?..number("high")?;
        Some(Span { worker, range, start: at("begin")?, end: at("end")? })
    }

    fn tell_phases<K: Kernel>(&self, kernel: &K, answer: &Value) {
        for (name, phase) in [
            ("sending", Phase::Sending),
            ("summing", Phase::Summing),
            ("collecting", Phase::Collecting),
        ] {
            let seconds = answer["phases"][name].as_f64();
            if let Some(time) =
                seconds.and_then(|seconds| Duration::try_from_secs_f64(seconds).ok())
            {
                kernel.record(Event::Phase(phase, time));
            }
        }
        if let Some(bytes) = answer["bytes"].as_u64() {
            stages::note_bytes(self.rung.name, bytes);
        }
    }
}

/// A message that was not understood, short enough for a line.
fn short(message: &Value) -> String {
    let text = message.to_string();
    text.chars().take(200).collect()
}

/// For the tests: a rung from a file of its own, asked once for the terms of `ranges`, one after the other.
///
/// # Errors
///
/// Those of the child.
pub fn sums_of<K: Kernel>(
    rung: &'static Rung,
    file: Option<&Path>,
    kernel: &K,
    workers: Workers,
    ranges: &[Range<u64>],
) -> Result<Vec<u64>, Error> {
    let mut ready = start(rung, file, kernel.spec(), workers, &python_for(rung)?)?;
    ranges.iter().map(|range| ready.sum(kernel, range.clone())).collect()
}
