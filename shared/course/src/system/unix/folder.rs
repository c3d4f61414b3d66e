//! Linux: nothing that is needed to remove a folder has to be asked for any more.

use std::ffi::CString;
use std::fs;
use std::io;
use std::mem::MaybeUninit;
use std::os::fd::{AsFd, BorrowedFd, OwnedFd};
use std::os::unix::ffi::OsStrExt;
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;

use rustix::fs::{AtFlags, Mode, OFlags, RawDir, SeekFrom};
use rustix::io::Errno;

/// A folder that is held open, with all that it takes to remove it.
#[derive(Debug)]
pub(crate) struct Folder {
    path: PathBuf,
    name: CString,
    folder: OwnedFd,
    is_gone: AtomicBool,
}

impl crate::system::Folder for Folder {
    fn new(path: PathBuf) -> io::Result<Self> {
        let opened = CString::new(path.as_os_str().as_bytes()).map_err(io::Error::from);
        let opened = opened.and_then(|name| Ok((fs::File::open(&path)?, name)));
        match opened {
            Ok((folder, name)) => {
                Ok(Folder { path, name, folder: folder.into(), is_gone: false.into() })
            }
            Err(cause) => {
                let _ = fs::remove_dir(&path);
                Err(cause)
            }
        }
    }

    fn path(&self) -> &Path {
        &self.path
    }

    fn is_gone(&self) -> &AtomicBool {
        &self.is_gone
    }

    /// Asks for no memory, and where there are no folders in it, for no descriptor.
    fn try_to_remove(&self) -> bool {
        empty(self.folder.as_fd());
        let name = self.name.as_c_str();
        let removed = rustix::fs::unlinkat(rustix::fs::CWD, name, AtFlags::REMOVEDIR);
        matches!(removed, Ok(()) | Err(Errno::NOENT))
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
