//! A system of which nothing is known, and what others have that know no better.

use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;
use std::{fs, io};

/// A system that tells nothing.
#[cfg(not(any(unix, windows)))]
pub(crate) struct Here;

#[cfg(not(any(unix, windows)))]
impl super::System for Here {
    type Folder = Folder;
}

/// A folder that is removed by its name.
#[derive(Debug)]
pub(crate) struct Folder {
    path: PathBuf,
    is_gone: AtomicBool,
}

impl super::Folder for Folder {
    fn new(path: PathBuf) -> io::Result<Self> {
        Ok(Folder { path, is_gone: false.into() })
    }

    fn path(&self) -> &Path {
        &self.path
    }

    fn is_gone(&self) -> &AtomicBool {
        &self.is_gone
    }

    fn try_to_remove(&self) -> bool {
        fs::remove_dir_all(&self.path).is_ok() || !self.path.exists()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::system::Folder as _;

    #[test]
    fn a_folder_goes_once_and_with_all_that_is_in_it() {
        let path = tempfile::tempdir().expect("a folder").keep();
        let folder = Folder::new(path).expect("a folder");
        let inner = folder.path().join("inner/most");
        fs::create_dir_all(&inner).expect("a folder");
        fs::write(inner.join("file"), "text").expect("a file");
        folder.remove();
        assert!(!folder.path().exists());
        fs::create_dir(folder.path()).expect("the name may be another's now");
        folder.remove();
        fs::remove_dir(folder.path()).expect("it was left alone");
    }
}
