//! The folder in which children put what they need for a while, such as sockets of their own.

use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};

use measure::cleanup;
use tempfile::TempDir;

static FOLDER: Mutex<Option<(TempDir, cleanup::Entry)>> = Mutex::new(None);

/// The folder, made when it is first asked for. `None` where there can be none: then children use that of
/// the system.
pub(crate) fn folder() -> Option<PathBuf> {
    let mut folder = FOLDER.lock().unwrap_or_else(PoisonError::into_inner);
    if folder.is_none() {
        let made = tempfile::Builder::new().prefix("sum-of-parts-").tempdir().ok()?;
        let path = made.path().to_owned();
        // It may be called while a child still writes there, so more than once.
        let entry = cleanup::register(move || {
            let _ = std::fs::remove_dir_all(&path);
        });
        *folder = Some((made, entry));
    }
    folder.as_ref().map(|(made, _)| made.path().to_owned())
}

/// Takes the folder away.
pub(crate) fn remove() {
    FOLDER.lock().unwrap_or_else(PoisonError::into_inner).take();
}
