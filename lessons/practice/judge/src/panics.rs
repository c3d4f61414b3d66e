//! Every panic of an attempt, whoever catches it: `join().unwrap()` shows the place of the `unwrap`, and what counts is
//! the place of the first one.

use std::panic;
use std::sync::{Mutex, PoisonError};

/// The first panic since the last [`forget`].
static FIRST: Mutex<Option<String>> = Mutex::new(None);

/// From here on panics print nothing by themselves, and the first is kept.
pub(crate) fn keep() {
    measure::panics::quiet();
    let before = panic::take_hook();
    panic::set_hook(Box::new(move |info| {
        // A place in the standard library helps nobody.
        let own = info.location().filter(|place| !place.file().starts_with("/rustc/"));
        let place = own.map_or_else(String::new, |place| format!(" at {place}"));
        let text = info.payload_as_str().unwrap_or("with a value that is no text");
        let mut first = FIRST.lock().unwrap_or_else(PoisonError::into_inner);
        first.get_or_insert_with(|| format!("it panicked{place}: {text}"));
        drop(first);
        before(info);
    }));
}

/// Forgets what was kept.
pub(crate) fn forget() {
    *FIRST.lock().unwrap_or_else(PoisonError::into_inner) = None;
}

/// What was kept: `it panicked at yours.rs:7:5: index out of bounds`.
pub(crate) fn first() -> Option<String> {
    FIRST.lock().unwrap_or_else(PoisonError::into_inner).clone()
}
