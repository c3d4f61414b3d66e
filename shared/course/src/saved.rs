use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use measure::{Cancellation, Error, Registration};

use crate::system::{Here, System};

/// A file that takes a result in the end, and is opened before anything is measured.
///
/// So a path that cannot be written is found out at once. What is in the file stays until there is
/// something to take its place; a new file is removed again where the run is interrupted, or fails.
#[derive(Debug)]
pub struct Saved {
    what: &'static str,
    option: &'static str,
    path: PathBuf,
    file: File,
    removed: Option<Registration>,
}

impl Saved {
    /// Opens the file at `path` for `what` it is, as `option` asked: `trace`, `--trace`. A new
    /// file is removed again on `cancellation`.
    ///
    /// # Errors
    ///
    /// [`Error::Save`] where the system refuses it.
    pub fn create(
        what: &'static str,
        option: &'static str,
        path: &Path,
        cancellation: &Cancellation,
    ) -> Result<Self, Error> {
        let is_new = !path.exists();
        let file = Here::open_to_save(path).map_err(|cause| Error::Save {
            what,
            option,
            path: path.to_owned(),
            cause,
        })?;
        let ours = path.to_owned();
        let removed = is_new.then(|| cancellation.on_cancel(move || remove_if_empty(&ours)));
        Ok(Saved { what, option, path: path.to_owned(), file, removed })
    }

    /// Whether what is written goes where standard output goes, and so between its lines, or over them.
    /// What goes to a device, such as `/dev/null`, is not counted.
    pub fn is_standard_output(&self) -> bool {
        Here::is_standard_output(&self.file)
    }

    /// The name of the file.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Replaces the file's contents with what `fill` writes.
    ///
    /// # Errors
    ///
    /// [`Error::Save`] where the file does not take it.
    pub fn write(
        &self,
        fill: impl FnOnce(&mut BufWriter<&File>) -> io::Result<()>,
    ) -> Result<(), Error> {
        let written = || -> io::Result<()> {
            // A pipe or a device has no former content, and on Windows no description, either.
            if self.file.metadata().is_ok_and(|file| file.is_file()) {
                self.file.set_len(0)?;
            }
            let mut output = BufWriter::new(&self.file);
            fill(&mut output)?;
            output.flush()
        };
        written().map_err(|cause| Error::Save {
            what: self.what,
            option: self.option,
            path: self.path.clone(),
            cause,
        })
    }
}

impl Drop for Saved {
    fn drop(&mut self) {
        if self.removed.take().is_some() {
            remove_if_empty(&self.path);
        }
    }
}

fn remove_if_empty(path: &Path) {
    if fs::metadata(path).is_ok_and(|file| file.is_file() && file.len() == 0) {
        // If it cannot be removed, it is at least empty.
        let _ = fs::remove_file(path);
    }
}
