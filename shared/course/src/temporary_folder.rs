use std::io;
use std::path::Path;
use std::sync::{Arc, OnceLock, Weak};

use measure::Error;

use crate::system::{Folder, Here, System};

/// The folder that an abort removes.
static LAST: OnceLock<Weak<Removed>> = OnceLock::new();

/// A temporary folder that goes with the last clone of this value, and when it is asked to. On Linux that
/// needs neither memory nor a new descriptor: a system that refuses those, and so ends the run, leaves
/// nothing behind, either.
#[derive(Debug, Clone)]
pub struct TemporaryFolder(Arc<Removed>);

impl TemporaryFolder {
    /// A new folder, in the one for temporary files. The first one goes also where the program aborts, as
    /// it does without memory.
    ///
    /// # Errors
    ///
    /// [`Error::Refused`] where the system refuses it.
    pub fn create() -> Result<Self, Error> {
        let made = tempfile::Builder::new().prefix("sum-of-parts-").tempdir();
        let removed = made.and_then(|made| Folder::new(made.keep()).map(Removed));
        let removed = Arc::new(removed.map_err(|cause| Error::Refused {
            what: "a temporary folder".to_owned(),
            remedy: remedy(&cause).unwrap_or(Here::ELSEWHERE),
            cause: cause.to_string(),
        })?);
        let _ = LAST.set(Arc::downgrade(&removed)); // There is one in a program; tests have more.
        Ok(TemporaryFolder(removed))
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        self.0.0.path()
    }

    /// Removes it, and all that is in it.
    pub fn remove(&self) {
        self.0.0.remove();
    }

    /// Removes the first one that was made. May be called in a signal handler.
    pub(crate) fn remove_at_abort() {
        if let Some(last) = LAST.get().and_then(Weak::upgrade) {
            last.0.remove();
            std::mem::forget(last); // To give memory back is nothing for a signal handler.
        }
    }
}

/// What to do about a refusal that has nothing to do with the place or the size of a file.
pub fn remedy(cause: &io::Error) -> Option<&'static str> {
    Here::remedy(cause)
}

/// It goes when this is dropped.
#[derive(Debug)]
struct Removed(<Here as System>::Folder);

impl Drop for Removed {
    fn drop(&mut self) {
        self.0.remove();
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn a_folder_goes_with_all_that_is_in_it_when_it_is_asked_to_and_with_the_last_clone() {
        for asked in [true, false] {
            let folder = TemporaryFolder::create().expect("a folder");
            let path = folder.path().to_owned();
            let inner = path.join("inner/most");
            fs::create_dir_all(&inner).expect("a folder");
            // More names than one look has room for.
            for number in 0..100 {
                let file =
                    inner.join(format!("a file with a long name, and its number is {number}"));
                fs::write(file, "text").expect("a file");
            }
            fs::write(path.join("file"), "text").expect("a file");
            let clone = folder.clone();
            drop(folder);
            assert!(inner.is_dir());
            if asked {
                clone.remove();
                assert!(!path.exists());
                fs::create_dir(&path).expect("the name may be another's now");
                drop(clone);
                fs::remove_dir(&path).expect("it was left alone");
            } else {
                drop(clone);
                assert!(!path.exists());
            }
        }
    }
}
