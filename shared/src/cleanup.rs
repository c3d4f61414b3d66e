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
static CURRENT_RUN: Mutex<String> = Mutex::new(String::new());
static NEXT: AtomicU64 = AtomicU64::new(0);
static INTERRUPTED: AtomicBool = AtomicBool::new(false);

/// Forgets its entry when it is dropped.
#[derive(Debug)]
#[must_use = "the entry is forgotten as soon as this is dropped"]
pub struct Entry(u64);

/// Leaves word that `end` ends something. It is called at most a few times, from another thread.
pub fn register(end: impl Fn() + Send + 'static) -> Entry {
    let number = NEXT.fetch_add(1, Ordering::SeqCst);
    let run = locked(&CURRENT_RUN).clone();
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
    run.clone_into(&mut locked(&CURRENT_RUN));
}

/// Ends what `run` has registered, and nothing of the other rows, whose workers may stand ready.
pub(crate) fn end(run: &str) {
    locked(&ENDS).values().filter(|(of, _)| of == run).for_each(|(_, end)| end());
}

/// Whether a signal has told this program to end, so that errors from now on are only its echo.
pub fn interrupted() -> bool {
    INTERRUPTED.load(Ordering::SeqCst)
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// From here on SIGINT, SIGTERM and SIGHUP end everything that is registered, and then this
/// program, by the same signal.
#[cfg(unix)]
pub fn on_signals() -> std::io::Result<()> {
    use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
    use signal_hook::iterator::Signals;
    use signal_hook::low_level::emulate_default_handler;

    let mut signals = Signals::new([SIGINT, SIGTERM, SIGHUP])?;
    let wait = move || {
        for signal in signals.forever() {
            INTERRUPTED.store(true, Ordering::SeqCst);
            end_all();
            // It does not come back from any of these three; if it does, the next signal tries.
            let _ = emulate_default_handler(signal);
        }
    };
    std::thread::Builder::new().name("signals".into()).spawn(wait).map(drop)
}

/// Other systems end the program themselves; its workers end when their input does.
#[cfg(not(unix))]
pub fn on_signals() -> std::io::Result<()> {
    Ok(())
}
