//! How an attempt reports: a line for each event, in a file that was open before any code of the learner ran. What that
//! code prints, and what it deletes, is elsewhere. Each line begins with a word that only the judge has been told, so what
//! others write there is no report.

use std::fs::{File, OpenOptions};
use std::io::{self, Read, Write};
use std::path::Path;
use std::sync::{Mutex, OnceLock, PoisonError};

use crate::{Event, Stage};

static WIRE: OnceLock<Mutex<Wire>> = OnceLock::new();

#[derive(Debug)]
struct Wire {
    file: File,
    word: String,
}

/// What was done last.
static LAST: Mutex<String> = Mutex::new(String::new());

/// What was done last, as it was reported; nothing before the first report.
pub(crate) fn last() -> String {
    LAST.lock().unwrap_or_else(PoisonError::into_inner).clone()
}

/// Opens the file; the word is the first line of standard input. Only the first process may have it: an attempt that starts its own program again is not judged twice.
pub(crate) fn open(path: &Path) -> io::Result<()> {
    let file = OpenOptions::new().append(true).open(path)?;
    file.try_lock()?;
    let mut word = String::new();
    // Byte by byte: what comes after it is not ours.
    for byte in io::stdin().lock().bytes() {
        match byte? {
            b'\n' => break,
            byte => word.push(byte.into()),
        }
    }
    WIRE.get_or_init(|| Mutex::new(Wire { file, word }));
    Ok(())
}

/// Reports that a step, or a call within it, begins.
pub(crate) fn began(stage: Stage, what: impl Into<String>) {
    send(&Event::Began { stage, what: what.into() });
}

/// Reports an event; where nobody listens, nothing happens.
pub(crate) fn send(event: &Event) {
    if let Event::Began { what, .. } = event {
        LAST.lock().unwrap_or_else(PoisonError::into_inner).clone_from(what);
    }
    let Some(wire) = WIRE.get() else { return };
    let Ok(event) = serde_json::to_string(event) else { return };
    let mut wire = wire.lock().unwrap_or_else(PoisonError::into_inner);
    let line = format!("{} {event}\n", wire.word);
    // If it cannot be written, the end of this program has to speak.
    let _ = wire.file.write_all(line.as_bytes());
}
