//! What the child processes of one run of the program share.

use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use children::Killer;
use course::TemporaryFolder;
use measure::{Cancellation, Registration};

/// How long what is left of a Python may take to clean up. A pool has a process of its own for that, which
/// removes the pool's semaphores once all others are gone, and takes some milliseconds.
const CLEANING: Duration = Duration::from_millis(500);

/// The cancellation of all children of one run, and the folder for their temporary files.
#[derive(Debug, Default)]
pub(crate) struct Session {
    cancellation: Cancellation,
    folder: Mutex<Option<TemporaryFolder>>,
}

impl Session {
    /// What kills a child that is about to be started, when the session is cancelled.
    pub(crate) fn killer(&self) -> (Killer, Registration) {
        let killer = Killer::of_cleaning_group(CLEANING);
        let registration = kills(&self.cancellation, &killer);
        (killer, registration)
    }

    /// The folder for temporary files such as sockets, made when it is first asked for. `None` where there
    /// can be none: then children use that of the system.
    pub(crate) fn folder(&self) -> Option<PathBuf> {
        let mut folder = self.folder.lock().unwrap_or_else(PoisonError::into_inner);
        if folder.is_none() && !self.is_cancelled() {
            *folder = TemporaryFolder::create().ok();
        }
        folder.as_ref().map(|folder| folder.path().to_owned())
    }

    /// Whether it is over.
    pub(crate) fn is_cancelled(&self) -> bool {
        self.cancellation.is_cancelled()
    }

    /// Kills all children and removes the folder. No child can be started afterwards.
    pub(crate) fn cancel(&self) {
        self.cancellation.cancel();
        let folder = self.folder.lock().unwrap_or_else(PoisonError::into_inner).take();
        if let Some(folder) = folder {
            folder.remove();
        }
    }
}

/// Lets `cancellation` kill a child.
pub(crate) fn kills(cancellation: &Cancellation, killer: &Killer) -> Registration {
    let killer = killer.clone();
    cancellation.on_cancel(move || killer.kill())
}
