//! How an attempt reports: a line for each event, in a file that was open before any code of the learner ran. What that
//! code prints, and what it deletes, is elsewhere.

use std::fs::{File, OpenOptions};
use std::io::{self, Write};
use std::path::Path;
use std::sync::{Mutex, OnceLock, PoisonError};

use crate::Event;

static WIRE: OnceLock<Mutex<File>> = OnceLock::new();

/// What was done last.
static LAST: Mutex<String> = Mutex::new(String::new());

/// What was done last, as it was reported; nothing before the first report.
pub(crate) fn last() -> String {
    LAST.lock().unwrap_or_else(PoisonError::into_inner).clone()
}

/// Opens the file. Only the first process may have it: an attempt that starts its own program again is not judged twice.
pub(crate) fn open(path: &Path) -> io::Result<()> {
    let file = OpenOptions::new().append(true).open(path)?;
    file.try_lock()?;
    WIRE.get_or_init(|| Mutex::new(file));
    Ok(())
}

/// Reports an event; where nobody listens, nothing happens.
pub(crate) fn send(event: &Event) {
    if let Event::Began { what, .. } = event {
        LAST.lock().unwrap_or_else(PoisonError::into_inner).clone_from(what);
    }
    let Some(wire) = WIRE.get() else { return };
    let Ok(mut line) = serde_json::to_string(event) else { return };
    line.push('\n');
    if let Ok(mut file) = wire.lock() {
        // If it cannot be written, the end of this program has to speak.
        let _ = file.write_all(line.as_bytes());
    }
}
