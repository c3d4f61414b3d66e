//! Panics as errors: the text and the place of a panic, without a trace on the terminal.

use std::any::Any;
use std::cell::RefCell;
use std::panic;
use std::sync::{Arc, Mutex, MutexGuard};

use crate::Error;
use crate::excerpt::excerpt;
use crate::lock::locked;

thread_local! {
    /// The last panic of this thread, as the hook saw it.
    static LAST: RefCell<Option<Panic>> = const { RefCell::new(None) };
    /// The workers that this thread is, the innermost last.
    static WORKERS: RefCell<Vec<(usize, Log)>> = const { RefCell::new(Vec::new()) };
}

/// Who panicked, where that is the reader's own kernel.
pub(crate) const YOUR_KERNEL: &str = "your kernel";

/// And what to do about it.
pub(crate) const IN_YOURS: &str = "fix it in yours/src/lib.rs";

/// So many characters of what a panic says fit a message.
const LONGEST: usize = 300;

/// A panic, as the hook saw it on the thread that panicked.
#[derive(Debug, Clone)]
struct Panic {
    text: String,
    place: String,
    worker: Option<usize>,
}

/// The panics of the workers of one run.
#[derive(Debug, Clone, Default)]
pub(crate) struct Log(Arc<Mutex<Vec<Panic>>>);

/// More panics of one run than this are not kept.
const MOST: usize = 4 * kernels::Workers::MOST;

/// From here on a panic prints nothing by itself: whoever catches it reports it, once.
pub fn quiet() {
    panic::set_hook(Box::new(|info| {
        let place = info.location().map_or_else(String::new, ToString::to_string);
        let mut seen = Panic { text: plain(info.payload()), place, worker: None };
        let _ = WORKERS.try_with(|workers| {
            if let Some((worker, log)) = workers.borrow().last() {
                seen.worker = Some(*worker);
                log.push(seen.clone());
            }
        });
        let _ = LAST.try_with(|last| *last.borrow_mut() = Some(seen));
    }));
}

/// Says that this thread is worker number `worker` from here on, and that its panics belong into `log`.
pub(crate) fn begin(worker: usize, log: &Log) {
    WORKERS.with_borrow_mut(|workers| workers.push((worker, log.clone())));
}

/// Says that this thread is no longer that worker.
pub(crate) fn end() {
    WORKERS.with_borrow_mut(|workers| workers.pop());
}

impl Panic {
    /// Whether it was in the reader's own kernel.
    fn is_of_yours(&self) -> bool {
        self.place.replace('\\', "/").starts_with("yours/src/")
    }
}

impl Log {
    fn push(&self, seen: Panic) {
        let mut all = self.all();
        if all.len() < MOST {
            all.push(seen);
        }
    }

    fn all(&self) -> MutexGuard<'_, Vec<Panic>> {
        locked(&self.0)
    }

    /// Forgets all panics so far.
    pub(crate) fn clear(&self) {
        self.all().clear();
    }

    /// The error for a panic of worker number `worker`.
    pub(crate) fn of_worker(&self, worker: usize, payload: &(dyn Any + Send)) -> Error {
        let text = plain(payload);
        let all = self.all();
        let seen = all.iter().rfind(|seen| seen.worker == Some(worker) && seen.text == text);
        error(format!("worker {worker}"), &text, seen.or(last(&text).as_ref()))
    }

    /// The error for a panic that came out of a pool: of a worker that did panic with that text.
    pub(crate) fn of_pool(&self, payload: &(dyn Any + Send)) -> Error {
        let text = plain(payload);
        let all = self.all();
        let seen = all.iter().rfind(|seen| seen.text == text);
        let worker = seen.and_then(|seen| seen.worker).map(|worker| format!("worker {worker}"));
        error(worker.unwrap_or_else(|| "a worker of the pool".to_owned()), &text, seen)
    }
}

/// The error for a panic that this thread has caught; `who` panicked.
pub fn caught(who: &str, payload: &(dyn Any + Send)) -> Error {
    let text = plain(payload);
    error(who.to_owned(), &text, last(&text).as_ref())
}

/// The error for a panic outside of all strategies: a mistake of the program itself.
pub fn in_the_runner(payload: &(dyn Any + Send)) -> Error {
    match caught("the runner itself", payload) {
        Error::Worker { cause, remedy: IN_YOURS, .. } => {
            Error::Worker { worker: YOUR_KERNEL.to_owned(), cause, remedy: IN_YOURS }
        }
        Error::Worker { worker, cause, .. } => {
            Error::Worker { worker, cause, remedy: "please report this as a bug" }
        }
        other => other,
    }
}

/// What a caught panic said, and where it was if that is known.
pub fn text(payload: &(dyn Any + Send)) -> String {
    let text = plain(payload);
    cause(&text, last(&text).as_ref())
}

/// The last panic of this thread, if that was its text.
fn last(text: &str) -> Option<Panic> {
    LAST.with_borrow(|last| last.clone().filter(|last| last.text == text))
}

fn error(worker: String, text: &str, seen: Option<&Panic>) -> Error {
    match refused_thread(text) {
        Some(cause) => Error::Refused {
            what: format!("a thread that {worker} needs"),
            cause,
            remedy: "ask for fewer workers with -w, or raise the limit (ulimit -u)",
        },
        None => {
            let is_yours = seen.is_some_and(Panic::is_of_yours);
            let remedy = if is_yours { IN_YOURS } else { "fix the code of this strategy" };
            Error::Worker { worker, cause: cause(text, seen), remedy }
        }
    }
}

fn cause(text: &str, seen: Option<&Panic>) -> String {
    if let Some(cause) = refused_thread(text) {
        return cause;
    }
    // A place inside the standard library is a path of the machine that built it, and no help.
    let place = seen.map(|seen| seen.place.as_str()).filter(|place| !place.starts_with("/rustc/"));
    let at = place.filter(|place| !place.is_empty()).map(|place| format!(" at {place}"));
    format!("it panicked{}: {}", at.unwrap_or_default(), excerpt(text, LONGEST))
}

/// The answer of a system that refused a thread, out of the words with which the standard library then
/// panics.
fn refused_thread(text: &str) -> Option<String> {
    let cause = text.strip_prefix("failed to spawn thread: ")?;
    let message = cause.split_once("message: \"").and_then(|(_, rest)| rest.split_once('"'));
    Some(message.map_or(cause, |(message, _)| message).to_owned())
}

fn plain(payload: &(dyn Any + Send)) -> String {
    let text = payload.downcast_ref::<&str>().map(|text| (*text).to_owned());
    text.or_else(|| payload.downcast_ref::<String>().cloned()).unwrap_or_else(|| "no text".into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_refused_thread_is_told_by_its_cause_alone() {
        let text = "failed to spawn thread: Os { code: 11, kind: WouldBlock, message: \"Resource \
                    temporarily unavailable\" }";
        let seen = Panic {
            text: text.into(),
            place: "/rustc/1/library/std/thread.rs:1:2".into(),
            worker: None,
        };
        let refused = error("a worker of the pool".into(), text, Some(&seen));
        assert_eq!(refused.exit_code(), 71);
        let said = refused.to_string();
        assert!(said.contains("was refused: Resource temporarily unavailable;"), "{said}");
        assert!(!said.contains("rustc") && !said.contains("panicked"), "{said}");
    }

    #[test]
    fn places_in_the_standard_library_are_left_out() {
        let seen = |place: &str| Panic { text: "no".into(), place: place.into(), worker: None };
        assert_eq!(cause("no", Some(&seen("/rustc/1/library/core/a.rs:1:2"))), "it panicked: no");
        assert_eq!(cause("no", Some(&seen("src/a.rs:1:2"))), "it panicked at src/a.rs:1:2: no");
    }

    #[test]
    fn a_panic_in_the_readers_own_kernel_is_mended_there() {
        let remedy = |place: &str| {
            let seen = Panic { text: "no".into(), place: place.into(), worker: None };
            error("worker 1".into(), "no", Some(&seen)).to_string()
        };
        for place in ["yours/src/lib.rs:3:4", "yours\\src\\lib.rs:3:4"] {
            assert!(remedy(place).ends_with("; fix it in yours/src/lib.rs"), "{}", remedy(place));
        }
        let other = remedy("lessons/threads/src/scoped.rs:3:4");
        assert!(other.ends_with("; fix the code of this strategy"), "{other}");
    }
}
