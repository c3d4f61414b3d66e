use std::collections::BTreeSet;
use std::ffi::{OsStr, OsString};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use measure::Error;

use crate::program::root;
use crate::saving;

/// A copy of the workspace, in which files are replaced by those of a learner, and built into a folder of its own.
///
/// What is the same as before is left as it is: cargo tells by the age of a file whether it has to be compiled again.
#[derive(Debug)]
pub(super) struct Tree {
    /// The copy.
    pub(super) path: PathBuf,
    /// Where it is built.
    pub(super) target: PathBuf,
}

/// What is no source.
const LEFT_OUT: [&str; 2] = [".git", "target"];

impl Tree {
    /// The copy as the workspace is now, beside the reports.
    ///
    /// # Errors
    ///
    /// [`Error::Refused`] where the system refuses the files.
    pub(super) fn mirrored() -> Result<Self, Error> {
        let folder = saving::folder().join("class-recheck");
        let tree = Tree { path: folder.join("tree"), target: folder.join("target") };
        // It may lie in the workspace, under whatever name.
        let own = saving::folder().parent().map(Path::to_owned).unwrap_or_default();
        mirror(&root(), &tree.path, &own).map_err(|cause| refused(&tree.path, &cause))?;
        Ok(tree)
    }

    /// Puts `text` at `path` in the copy, until the file that is given back is dropped.
    ///
    /// # Errors
    ///
    /// [`Error::Refused`] where the system refuses the file, [`Error::Usage`] where the workspace has none there.
    pub(super) fn with(&self, path: &str, text: &str) -> Result<Replaced, Error> {
        let place = self.path.join(path);
        let before = fs::read(&place).map_err(|_| {
            Error::Usage(format!("this workspace has no {path} in which it would be run"))
        })?;
        fs::write(&place, text).map_err(|cause| refused(&place, &cause))?;
        Ok(Replaced { place, before })
    }
}

/// A file of the copy that holds a learner's text.
#[derive(Debug)]
pub(super) struct Replaced {
    place: PathBuf,
    before: Vec<u8>,
}

impl Drop for Replaced {
    fn drop(&mut self) {
        // The next copy would put it back, too.
        let _ = fs::write(&self.place, &self.before);
    }
}

/// Makes `copy` hold what `original` holds, but for the folder `own`.
fn mirror(original: &Path, copy: &Path, own: &Path) -> io::Result<()> {
    fs::create_dir_all(copy)?;
    let mut names: BTreeSet<OsString> = BTreeSet::new();
    for entry in fs::read_dir(original)? {
        let entry = entry?;
        let (path, name, kind) = (entry.path(), entry.file_name(), entry.file_type()?);
        let left_out = LEFT_OUT.iter().any(|left_out| name == OsStr::new(left_out));
        if left_out || path == own || kind.is_symlink() {
            continue;
        }
        let place = copy.join(&name);
        if kind.is_dir() {
            mirror(&path, &place, own)?;
        } else if kind.is_file() {
            let bytes = fs::read(&path)?;
            if fs::read(&place).ok().as_ref() != Some(&bytes) {
                fs::write(&place, bytes)?;
            }
        }
        names.insert(name);
    }
    for entry in fs::read_dir(copy)? {
        let entry = entry?;
        if !names.contains(&entry.file_name()) {
            let path = entry.path();
            if entry.file_type()?.is_dir() {
                fs::remove_dir_all(path)?
            } else {
                fs::remove_file(path)?
            }
        }
    }
    Ok(())
}

fn refused(path: &Path, cause: &io::Error) -> Error {
    Error::Refused {
        what: format!("the copy {}", path.display()),
        cause: cause.to_string(),
        remedy: "make room there, or name another folder with CARGO_TARGET_DIR",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_copy_follows_its_original_and_leaves_what_is_the_same() {
        let folder = tempfile::tempdir().expect("a folder");
        let (original, copy) = (folder.path().join("one"), folder.path().join("other"));
        let own = original.join("built");
        fs::create_dir_all(original.join("src")).expect("room");
        fs::create_dir_all(own.join("deep")).expect("room");
        for (name, text) in [("a", "1"), ("src/b", "2"), ("built/c", "3")] {
            fs::write(original.join(name), text).expect("room");
        }
        mirror(&original, &copy, &own).expect("it is copied");
        let age = || {
            fs::metadata(copy.join("src/b")).and_then(|file| file.modified()).expect("it is there")
        };
        let first = age();
        assert!(!copy.join("built").exists());
        fs::write(original.join("a"), "new").expect("room");
        fs::write(copy.join("stray"), "x").expect("room");
        mirror(&original, &copy, &own).expect("it is copied");
        assert_eq!(fs::read_to_string(copy.join("a")).expect("it is there"), "new");
        assert!(!copy.join("stray").exists());
        assert_eq!(age(), first, "what is the same is not written again");
    }
}
