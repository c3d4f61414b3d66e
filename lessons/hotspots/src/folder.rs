use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use measure::{Cancellation, Error, Registration};
use tempfile::TempDir;

/// A temporary folder that goes with the run, also when a signal ends it.
#[derive(Debug)]
pub(crate) struct Folder {
    folder: TempDir,
    _removed: Registration,
}

impl Folder {
    pub(crate) fn create(cancellation: &Cancellation) -> Result<Self, Error> {
        let folder = tempfile::Builder::new().prefix("sum-of-parts-").tempdir();
        let folder = folder.map_err(|cause| Error::Refused {
            what: "a temporary folder".to_owned(),
            cause: cause.to_string(),
            remedy: "set TMPDIR to a folder that you may write to",
        })?;
        let path = folder.path().to_owned();
        // The profiler keeps a file of its own for as long as the program runs, and does not remove it.
        let _ = tempfile::env::override_temp_dir(&path);
        Ok(Folder { folder, _removed: cancellation.on_cancel(move || remove(&path)) })
    }

    /// The path of a file in it.
    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }
}

/// A row that still runs may put its file there while the folder is being removed.
fn remove(folder: &Path) {
    for _ in 0..20 {
        match fs::remove_dir_all(folder) {
            Err(error) if error.kind() != ErrorKind::NotFound => {}
            _ => break,
        }
    }
}
