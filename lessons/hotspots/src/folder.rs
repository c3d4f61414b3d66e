use std::path::PathBuf;

use course::TemporaryFolder;
use measure::{Cancellation, Error, Registration};

/// A temporary folder that goes with the run, also when a signal ends it.
#[derive(Debug)]
pub(crate) struct Folder {
    folder: TemporaryFolder,
    _removed: Registration,
}

impl Folder {
    pub(crate) fn create(cancellation: &Cancellation) -> Result<Self, Error> {
        let folder = TemporaryFolder::create()?;
        // The profiler keeps a file of its own for as long as the program runs, and does not remove it.
        let _ = tempfile::env::override_temp_dir(folder.path());
        let theirs = folder.clone();
        Ok(Folder { folder, _removed: cancellation.on_cancel(move || theirs.remove()) })
    }

    /// The path of a file in it.
    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }
}
