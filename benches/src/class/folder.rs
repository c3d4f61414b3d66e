use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use course::text_of;
use measure::Error;

/// So many files at most: a class, and not an archive.
pub(super) const MOST_FILES: usize = 500;

/// No hand-in is longer: one has some ten kilobytes, and the longest of a row with many spans a megabyte.
const MOST_BYTES: u64 = 8 << 20;

/// What to do about a folder that holds nothing.
const REMEDY: &str = "collect the files that learners made with, for example, \
                      cargo run -p threads -- --hand-in alice.json, and name their folder";

/// The paths of all that lies in `folder`, by name.
///
/// # Errors
///
/// [`Error::Input`] where it cannot be read, [`Error::Data`] where it is empty, and [`Error::Usage`] where there is more
/// in it than [`MOST_FILES`].
pub(super) fn files(folder: &Path) -> Result<Vec<PathBuf>, Error> {
    let refused = |cause: &io::Error| Error::Input {
        path: folder.to_owned(),
        cause: cause.to_string(),
        remedy: REMEDY,
    };
    let mut paths = Vec::new();
    for entry in fs::read_dir(folder).map_err(|cause| refused(&cause))? {
        paths.push(entry.map_err(|cause| refused(&cause))?.path());
        if paths.len() > MOST_FILES {
            return Err(Error::Usage(format!(
                "{} holds more than {MOST_FILES} files, which is the most that one page is made of; move some into a \
                 folder of their own, for example one for each group",
                folder.display()
            )));
        }
    }
    if paths.is_empty() {
        return Err(Error::Data {
            path: folder.to_owned(),
            line: None,
            cause: "nothing lies in it".to_owned(),
            remedy: REMEDY,
        });
    }
    paths.sort();
    Ok(paths)
}

/// The text of one of them.
///
/// # Errors
///
/// Says what it is instead of a file with a text that is short enough.
pub(super) fn text(path: &Path) -> Result<String, String> {
    // Not that of what a link leads to: it may lead out of the folder.
    let kind = fs::symlink_metadata(path).map_err(|cause| cause.to_string())?.file_type();
    if kind.is_dir() {
        return Err(
            "it is a folder; only files that lie directly in the folder are read".to_owned()
        );
    }
    if kind.is_symlink() {
        return Err("it is a link, and links are not followed; copy the file itself".to_owned());
    }
    if !kind.is_file() {
        return Err("it is no regular file".to_owned());
    }
    let mut bytes = Vec::new();
    let file = File::open(path).map_err(|cause| format!("it cannot be read: {cause}"))?;
    let read = file.take(MOST_BYTES + 1).read_to_end(&mut bytes);
    read.map_err(|cause| format!("it cannot be read: {cause}"))?;
    if bytes.is_empty() {
        return Err("it is empty".to_owned());
    }
    if bytes.len() as u64 > MOST_BYTES {
        return Err(format!("it has more than {} MiB, and no hand-in has", MOST_BYTES >> 20));
    }
    text_of(&bytes).map(str::to_owned)
}
