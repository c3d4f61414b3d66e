use std::ffi::OsStr;
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::remove_if_there;

/// The last line of each chart: a chart of an earlier bench is known by it, and no other file is
/// ever removed.
const MARK: &str = "<!-- drawn by the bench of Sum of Parts -->\n";

pub(crate) fn make_folder(folder: &Path) -> io::Result<()> {
    fs::create_dir_all(folder).map_err(|cause| named(folder, &cause))
}

/// Writes `text` to a file of this name, whole or not at all.
pub(crate) fn write(folder: &Path, name: &str, text: &str) -> io::Result<PathBuf> {
    let (path, part) = (folder.join(name), folder.join(format!("{name}.part")));
    let whole = || {
        let mut file = File::create(&part)?;
        file.write_all(text.as_bytes())?;
        // A disk may say only here that it is full.
        file.sync_all()?;
        fs::rename(&part, &path)
    };
    whole().map_err(|cause| {
        // It may never have been made.
        let _ = fs::remove_file(&part);
        named(&path, &cause)
    })?;
    Ok(path)
}

/// Writes `text` to a file of this name and ending that was not there before: with a number behind the name,
/// where others have taken it.
pub(crate) fn write_new(
    folder: &Path,
    name: &str,
    ending: &str,
    text: &str,
) -> io::Result<PathBuf> {
    let whole = || {
        fs::create_dir_all(folder)?;
        let mut file = tempfile::Builder::new().suffix(".part").tempfile_in(folder)?;
        file.write_all(text.as_bytes())?;
        file.as_file().sync_all()?;
        let others = (2..).map(|number| format!("{name}-{number}"));
        for name in std::iter::once(name.to_owned()).chain(others) {
            let path = folder.join(name + ending);
            file = match file.persist_noclobber(&path) {
                Ok(_) => return Ok(path),
                Err(taken) if taken.error.kind() == io::ErrorKind::AlreadyExists => taken.file,
                Err(refused) => return Err(refused.error),
            };
        }
        unreachable!("there is always a next number")
    };
    whole().map_err(|cause| named(&folder.join(format!("{name}{ending}")), &cause))
}

/// Writes a chart to `name.svg`, with the mark at its end.
pub(super) fn write_chart(folder: &Path, name: &str, svg: &str) -> io::Result<PathBuf> {
    write(folder, &format!("{name}.svg"), &format!("{}\n{MARK}", svg.trim_end()))
}

/// Removes the charts that an earlier bench left here.
pub(super) fn remove_old_charts(folder: &Path) -> io::Result<()> {
    for entry in fs::read_dir(folder).map_err(|cause| named(folder, &cause))? {
        let path = entry.map_err(|cause| named(folder, &cause))?.path();
        let drawing = path.extension() == Some(OsStr::new("svg"));
        // What cannot be read was not written by a bench.
        if drawing && fs::read(&path).is_ok_and(|content| content.ends_with(MARK.as_bytes())) {
            remove_if_there(&path).map_err(|cause| named(&path, &cause))?;
        }
    }
    Ok(())
}

/// The error with the file that it is about.
fn named(path: &Path, cause: &io::Error) -> io::Error {
    io::Error::new(cause.kind(), format!("{} cannot be written ({cause})", path.display()))
}
