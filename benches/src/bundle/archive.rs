//! The folder as one file, by the `tar` that Linux, macOS and Windows bring.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use measure::{Cancellation, Error};
use scale::quietly;

use super::NAME;
use super::folder::refused;

/// Packs the folder of the bundle in `folder`; gives the archive and its size in bytes.
pub(super) fn pack(folder: &Path, cancellation: &Cancellation) -> Result<(PathBuf, u64), Error> {
    let (name, part) = (format!("{NAME}.tar.gz"), format!("{NAME}.tar.gz.part"));
    let mut tar = Command::new("tar");
    // Some of them take a colon in a path for the name of another machine.
    tar.current_dir(folder).args(["-czf", &part, NAME]).stdin(Stdio::null());
    quietly("tar", &mut tar, cancellation)?;
    let path = folder.join(name);
    let done = fs::rename(folder.join(part), &path).and_then(|()| fs::metadata(&path));
    Ok((path.clone(), done.map_err(|cause| refused(&path, &cause))?.len()))
}
