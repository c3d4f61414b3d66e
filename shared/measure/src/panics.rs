//! Panics as errors: the text and the place of a panic, without a trace on the terminal.

use std::any::Any;
use std::panic::{self, AssertUnwindSafe, catch_unwind};
use std::sync::{Mutex, PoisonError};
use std::thread;

use crate::Error;

/// The last panic, as far as its hook saw it.
static LAST: Mutex<Option<Seen>> = Mutex::new(None);

#[derive(Debug, Clone)]
struct Seen {
    text: String,
    place: String,
    thread: Option<String>,
}

/// From here on a panic prints nothing by itself: whoever catches it reports it, once.
pub fn quiet() {
    panic::set_hook(Box::new(|info| {
        let place = info.location().map_or_else(String::new, |at| format!(" at {at}"));
        let thread = thread::current().name().map(str::to_owned);
        let mut last = LAST.lock().unwrap_or_else(PoisonError::into_inner);
        *last = Some(Seen { text: plain(info.payload()), place, thread });
    }));
}

/// Runs the part of one worker: a panic is an error that names the worker.
///
/// ```
/// use measure::panics;
/// assert_eq!(panics::in_worker(3, || 2 + 2).unwrap(), 4);
/// # std::panic::set_hook(Box::new(|_| ()));
/// let error = panics::in_worker(3, || panic!("no")).map(|()| 0).unwrap_err();
/// assert!(error.to_string().starts_with("worker 3 failed: it panicked: no"), "{error}");
/// ```
///
/// # Errors
///
/// [`Error::Worker`] where `part` panics.
pub fn in_worker<T>(worker: usize, part: impl FnOnce() -> T) -> Result<T, Error> {
    catch_unwind(AssertUnwindSafe(part)).map_err(|panic| Error::panicked(worker, &*panic))
}

/// Runs a sum on a pool out of which the panics of its workers come. The error names the worker where
/// the pool calls its threads `worker 3` and so on, and the program is [`quiet`].
///
/// # Errors
///
/// [`Error::Worker`] where `sum` panics.
pub fn in_pool<T>(sum: impl FnOnce() -> T) -> Result<T, Error> {
    catch_unwind(AssertUnwindSafe(sum)).map_err(|panic| Error::panicked_in_a_pool(&*panic))
}

/// What a caught panic said, and where it was if that is known.
pub fn text(payload: &(dyn Any + Send)) -> String {
    let place = seen(payload).map(|seen| seen.place).unwrap_or_default();
    format!("it panicked{place}: {}", plain(payload))
}

/// The worker that a caught panic was in, if the name of its thread says so.
pub(crate) fn worker(payload: &(dyn Any + Send)) -> Option<String> {
    seen(payload)?.thread.filter(|name| name.starts_with("worker "))
}

/// What the hook saw, if that was this panic.
fn seen(payload: &(dyn Any + Send)) -> Option<Seen> {
    let last = LAST.lock().unwrap_or_else(PoisonError::into_inner);
    last.clone().filter(|last| last.text == plain(payload))
}

fn plain(payload: &(dyn Any + Send)) -> String {
    let text = payload.downcast_ref::<&str>().map(|text| (*text).to_owned());
    text.or_else(|| payload.downcast_ref::<String>().cloned()).unwrap_or_else(|| "no text".into())
}
