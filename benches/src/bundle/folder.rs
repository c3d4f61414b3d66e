//! Folders of a bundle: made, filled, weighed.

use std::fs;
use std::io;
use std::path::Path;

use measure::Error;

/// What a folder holds.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Size {
    pub(super) bytes: u64,
    pub(super) files: usize,
}

/// What is in `folder`, and in the folders in it.
pub(super) fn size(folder: &Path) -> Result<Size, Error> {
    let mut sum = Size::default();
    for entry in fs::read_dir(folder).map_err(|cause| refused(folder, &cause))? {
        let entry = entry.map_err(|cause| refused(folder, &cause))?;
        let facts = entry.metadata().map_err(|cause| refused(&entry.path(), &cause))?;
        let more = if facts.is_dir() {
            size(&entry.path())?
        } else {
            Size { bytes: facts.len(), files: 1 }
        };
        sum = Size { bytes: sum.bytes + more.bytes, files: sum.files + more.files };
    }
    Ok(sum)
}

/// Removes `folder`, where it is there.
pub(super) fn remove(folder: &Path) -> Result<(), Error> {
    match fs::remove_dir_all(folder) {
        Err(cause) if cause.kind() != io::ErrorKind::NotFound => Err(refused(folder, &cause)),
        _ => Ok(()),
    }
}

/// Makes `folder`, and those around it.
pub(super) fn create(folder: &Path) -> Result<(), Error> {
    fs::create_dir_all(folder).map_err(|cause| refused(folder, &cause))
}

/// Writes a file, in a folder that may not be there yet.
pub(super) fn write(path: &Path, text: &str) -> Result<(), Error> {
    path.parent().map_or(Ok(()), create)?;
    fs::write(path, text).map_err(|cause| refused(path, &cause))
}

/// A file or folder that the system refused.
pub(super) fn refused(path: &Path, cause: &io::Error) -> Error {
    Error::Refused {
        what: path.display().to_string(),
        cause: cause.to_string(),
        remedy: "name a folder where there is room and where you may write",
    }
}

/// Millions of bytes, as file managers count: `32.7 MB`.
pub(super) fn megabytes(bytes: u64) -> String {
    format!("{:.1} MB", bytes as f64 / 1e6)
}
