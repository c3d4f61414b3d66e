//! The first rule of the model that was broken, wherever a kernel goes on after that.

use std::cell::RefCell;
use std::panic::{Location, resume_unwind};
use std::path::Path;

use crate::Stage;

/// A rule of the model that was broken.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Fault {
    /// Where the attempt fails by that.
    pub(super) stage: Stage,
    /// By whom, and how, in words.
    pub(super) text: String,
}

/// Not the payload of a panic: nobody panicked.
struct Stopped;

thread_local! {
    /// The model runs on one thread.
    static FIRST: RefCell<Option<Fault>> = const { RefCell::new(None) };
}

/// Notes that a rule was broken, and ends what runs.
pub(super) fn raise(stage: Stage, text: String) -> ! {
    FIRST.with_borrow_mut(|first| {
        first.get_or_insert(Fault { stage, text });
    });
    resume_unwind(Box::new(Stopped))
}

/// Forgets what was noted.
pub(super) fn forget() {
    FIRST.set(None);
}

/// What was noted first; it is forgotten then.
pub(super) fn first() -> Option<Fault> {
    FIRST.take()
}

/// ` (line 27)`, where that is a line of the attempt; where the rules or the model are at it helps nobody.
pub(super) fn line(place: &Location<'_>) -> String {
    let own = Path::new(file!()).parent();
    let file = Path::new(place.file());
    if file.ends_with("rules.rs") || file.parent() == own {
        String::new()
    } else {
        format!(" (line {})", place.line())
    }
}
