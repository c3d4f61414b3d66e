use std::io;
use std::path::Path;
use std::sync::{Arc, OnceLock, Weak};
use std::time::Duration;

use measure::Error;

/// The folder that an abort removes.
static LAST: OnceLock<Weak<Removed>> = OnceLock::new();

/// How often a folder is tried to be removed: what was just ended may finish what it was writing there.
const TRIES: usize = 20;

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
        let removed = made.and_then(|made| Removed::new(made.keep()));
        let removed = Arc::new(removed.map_err(|cause| Error::Refused {
            what: "a temporary folder".to_owned(),
            remedy: remedy(&cause).unwrap_or("set TMPDIR to a folder that you may write to"),
            cause: cause.to_string(),
        })?);
        let _ = LAST.set(Arc::downgrade(&removed)); // There is one in a program; tests have more.
        Ok(TemporaryFolder(removed))
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.0.path
    }

    /// Removes it, and all that is in it.
    pub fn remove(&self) {
        self.0.remove();
    }

    /// Removes the first one that was made. May be called in a signal handler.
    pub(crate) fn remove_at_abort() {
        if let Some(last) = LAST.get().and_then(Weak::upgrade) {
            last.remove();
            std::mem::forget(last); // To give memory back is nothing for a signal handler.
        }
    }
}

/// What to do about a refusal that has nothing to do with the place or the size of a file.
pub fn remedy(cause: &io::Error) -> Option<&'static str> {
    #[cfg(unix)]
    if cause.raw_os_error() == Some(rustix::io::Errno::MFILE.raw_os_error()) {
        return Some("raise the limit of open files (ulimit -n)");
    }
    let _ = cause;
    None
}

impl Drop for Removed {
    fn drop(&mut self) {
        self.remove();
    }
}

#[cfg(target_os = "linux")]
use linux::Removed;
#[cfg(not(target_os = "linux"))]
use others::Removed;

#[cfg(target_os = "linux")]
mod linux {
    use std::ffi::CString;
    use std::fs;
    use std::io;
    use std::mem::MaybeUninit;
    use std::os::fd::{AsFd, BorrowedFd, OwnedFd};
    use std::os::unix::ffi::OsStrExt;
    use std::path::PathBuf;
    use std::sync::atomic::{AtomicBool, Ordering::SeqCst};

    use rustix::fs::{AtFlags, Mode, OFlags, RawDir, SeekFrom};
    use rustix::io::Errno;

    use super::{Duration, TRIES};

    /// A folder that is held open, with all that it takes to remove it.
    #[derive(Debug)]
    pub(super) struct Removed {
        pub(super) path: PathBuf,
        name: CString,
        folder: OwnedFd,
        is_gone: AtomicBool,
    }

    impl Removed {
        pub(super) fn new(path: PathBuf) -> io::Result<Self> {
            let opened = CString::new(path.as_os_str().as_bytes()).map_err(io::Error::from);
            let opened = opened.and_then(|name| Ok((fs::File::open(&path)?, name)));
            match opened {
                Ok((folder, name)) => {
                    Ok(Removed { path, name, folder: folder.into(), is_gone: false.into() })
                }
                Err(cause) => {
                    let _ = fs::remove_dir(&path);
                    Err(cause)
                }
            }
        }

        /// Asks for no memory, and where there are no folders in it, for no descriptor.
        pub(super) fn remove(&self) {
            for _ in 0..TRIES {
                if self.is_gone.load(SeqCst) {
                    return;
                }
                empty(self.folder.as_fd());
                let removed =
                    rustix::fs::unlinkat(rustix::fs::CWD, self.name.as_c_str(), AtFlags::REMOVEDIR);
                match removed {
                    Ok(()) | Err(Errno::NOENT) => self.is_gone.store(true, SeqCst),
                    Err(_) => std::thread::sleep(Duration::from_millis(2)),
                }
            }
        }
    }

    fn empty(folder: BorrowedFd<'_>) {
        let _ = rustix::fs::seek(folder, SeekFrom::Start(0));
        let mut room = [MaybeUninit::uninit(); 1024];
        let mut entries = RawDir::new(folder, &mut room);
        while let Some(Ok(entry)) = entries.next() {
            let name = entry.file_name();
            if [c".", c".."].contains(&name)
                || rustix::fs::unlinkat(folder, name, AtFlags::empty()) != Err(Errno::ISDIR)
            {
                continue;
            }
            let flags = OFlags::DIRECTORY | OFlags::NOFOLLOW | OFlags::CLOEXEC;
            if let Ok(inner) = rustix::fs::openat(folder, name, flags, Mode::empty()) {
                empty(inner.as_fd());
            }
            let _ = rustix::fs::unlinkat(folder, name, AtFlags::REMOVEDIR);
        }
    }
}

#[cfg(not(target_os = "linux"))]
mod others {
    use std::path::PathBuf;
    use std::{fs, io};

    use super::{Duration, TRIES};

    #[derive(Debug)]
    pub(super) struct Removed {
        pub(super) path: PathBuf,
    }

    impl Removed {
        pub(super) fn new(path: PathBuf) -> io::Result<Self> {
            Ok(Removed { path })
        }

        pub(super) fn remove(&self) {
            for _ in 0..TRIES {
                if fs::remove_dir_all(&self.path).is_ok() || !self.path.exists() {
                    return;
                }
                std::thread::sleep(Duration::from_millis(2));
            }
        }
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
                assert_eq!(path.exists(), cfg!(target_os = "linux"));
                let _ = fs::remove_dir(&path);
            } else {
                drop(clone);
                assert!(!path.exists());
            }
        }
    }
}
