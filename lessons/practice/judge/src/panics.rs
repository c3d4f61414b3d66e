//! Every panic of an attempt, whoever catches it: `join().unwrap()` shows the place of the `unwrap`, and what counts is
//! the place of the first one.

use std::panic;
use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::{Event, wire};

/// What is kept.
static KEPT: Mutex<Kept> = Mutex::new(Kept { first: None, says: str::to_owned });

#[derive(Debug)]
struct Kept {
    /// The first panic since the last [`forget`].
    first: Option<String>,
    /// How it is said.
    says: fn(&str) -> String,
}

/// From here on panics print nothing by themselves, and the first is kept.
pub(crate) fn keep() {
    measure::panics::quiet();
    let before = panic::take_hook();
    panic::set_hook(Box::new(move |info| {
        // A place in the standard library helps nobody.
        let own = info.location().filter(|place| !place.file().starts_with("/rustc/"));
        let place = own.map_or_else(String::new, |place| format!(" at {place}"));
        let text = info.payload_as_str().unwrap_or("with a value that is no text");
        let mut kept = kept();
        if kept.first.is_none() {
            let said = (kept.says)(&format!("it panicked{place}: {text}"));
            // One panic may lead to another, and that ends the program on the spot.
            wire::send(&Event::Panicked(said.clone()));
            kept.first = Some(said);
        }
        drop(kept);
        before(info);
    }));
}

/// Forgets what was kept.
pub(crate) fn forget() {
    *kept() = Kept { first: None, says: str::to_owned };
}

/// Until the next [`forget`] panics are said in these words.
pub(crate) fn said_by(says: fn(&str) -> String) {
    kept().says = says;
}

/// What was kept: `it panicked at yours.rs:7:5: index out of bounds`.
pub(crate) fn first() -> Option<String> {
    kept().first.clone()
}

fn kept() -> MutexGuard<'static, Kept> {
    KEPT.lock().unwrap_or_else(PoisonError::into_inner)
}
