//! What has to be ended when the program is: at a time limit, at Ctrl-C.
//!
//! A strategy that starts something which would outlive it, such as a child process, leaves here
//! how to end it.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

type End = Box<dyn Fn() + Send>;

/// What to end, each with the run that registered it.
static ENDS: Mutex<BTreeMap<u64, (String, End)>> = Mutex::new(BTreeMap::new());
static CURRENT_RUN: Mutex<Run> = Mutex::new(Run { name: String::new(), over: false });
static NEXT: AtomicU64 = AtomicU64::new(0);
static INTERRUPTED: AtomicBool = AtomicBool::new(false);

/// The run that may register something just now, and whether it was ended.
#[derive(Debug)]
struct Run {
    name: String,
    over: bool,
}

/// Forgets its entry when it is dropped.
#[derive(Debug)]
#[must_use = "the entry is forgotten as soon as this is dropped"]
pub struct Entry(u64);

/// Leaves word that `end` ends something. It is called at most a few times, from another thread.
pub fn register(end: impl Fn() + Send + 'static) -> Entry {
    let number = NEXT.fetch_add(1, Ordering::SeqCst);
    let run = locked(&CURRENT_RUN).name.clone();
    locked(&ENDS).insert(number, (run, Box::new(end)));
    Entry(number)
}

impl Drop for Entry {
    fn drop(&mut self) {
        locked(&ENDS).remove(&self.0);
    }
}

/// Ends everything that is registered.
pub fn end_all() {
    locked(&ENDS).values().for_each(|(_, end)| end());
}

/// From here on, what is registered belongs to `run`.
pub(crate) fn begin(run: &str) {
    *locked(&CURRENT_RUN) = Run { name: run.to_owned(), over: false };
}

/// Ends what `run` has registered, and nothing of the other rows, whose workers may stand ready.
pub(crate) fn end(run: &str) {
    let mut current = locked(&CURRENT_RUN);
    current.over |= current.name == run;
    drop(current);
    locked(&ENDS).values().filter(|(of, _)| of == run).for_each(|(_, end)| end());
}

/// Whether the run of just now was ended, at its time limit or by a signal: what it loses from now on
/// was taken from it on purpose.
pub fn run_is_over() -> bool {
    interrupted() || locked(&CURRENT_RUN).over
}

/// Notes that a signal tells this program to end, and ends everything that is registered.
pub fn interrupt() {
    INTERRUPTED.store(true, Ordering::SeqCst);
    end_all();
}

/// Whether a signal has told this program to end, so that errors from now on are only its echo.
pub fn interrupted() -> bool {
    INTERRUPTED.load(Ordering::SeqCst)
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
