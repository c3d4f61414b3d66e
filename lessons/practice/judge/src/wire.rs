//! How an attempt reports: a line for each event, in a file that was open before any code of the learner ran. What that
//! code prints, and what it deletes, is elsewhere.

use std::fs::{File, OpenOptions};
use std::io::{self, Write};
use std::path::Path;
use std::sync::{Mutex, OnceLock};

use crate::Event;

static WIRE: OnceLock<Mutex<File>> = OnceLock::new();

/// Opens the file. Only the first process may have it: an attempt that starts its own program again is not judged twice.
pub(crate) fn open(path: &Path) -> io::Result<()> {
    let file = OpenOptions::new().append(true).open(path)?;
    file.try_lock()?;
    WIRE.get_or_init(|| Mutex::new(file));
    Ok(())
}

/// Reports an event; where nobody listens, nothing happens.
pub(crate) fn send(event: &Event) {
    let Some(wire) = WIRE.get() else { return };
    let Ok(mut line) = serde_json::to_string(event) else { return };
    line.push('\n');
    if let Ok(mut file) = wire.lock() {
        // If it cannot be written, the end of this program has to speak.
        let _ = file.write_all(line.as_bytes());
    }
}
