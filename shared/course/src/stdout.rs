//! Standard output where the standard library says nothing: it takes a closed one, or one that was opened
//! for reading only, for `/dev/null`, and drops what it is given.

use std::io::{self, StdoutLock, Write};

/// Standard output for text that comes bit by bit: where it cannot be written, each write says so.
#[derive(Debug)]
pub struct Stdout(StdoutLock<'static>);

impl Stdout {
    /// Standard output; nobody else writes to it meanwhile.
    pub fn lock() -> Self {
        Stdout(io::stdout().lock())
    }
}

impl Write for Stdout {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        can_be_written()?;
        self.0.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}

/// Whether standard output goes anywhere.
///
/// # Errors
///
/// Where it was closed when the program started, or opened for reading only.
#[cfg(unix)]
pub fn can_be_written() -> io::Result<()> {
    use rustix::fs::{OFlags, fcntl_getfl};
    if before_main::WAS_CLOSED.load(std::sync::atomic::Ordering::Relaxed) {
        return Err(io::Error::other("standard output is closed"));
    }
    match fcntl_getfl(io::stdout()) {
        Ok(flags) if flags & OFlags::RWMODE == OFlags::RDONLY => {
            Err(rustix::io::Errno::BADF.into())
        }
        _ => Ok(()),
    }
}

/// Whether standard output goes anywhere. Other systems do not tell.
///
/// # Errors
///
/// None.
#[cfg(not(unix))]
pub fn can_be_written() -> io::Result<()> {
    Ok(())
}

/// Before `main` the standard library opens `/dev/null` in the place of a stream that is closed. What was
/// there can be seen earlier only: where the system calls what has to be set up before the program begins.
#[cfg(unix)]
#[expect(unsafe_code, reason = "names the section of functions that are called before main")]
mod before_main {
    use std::sync::atomic::{AtomicBool, Ordering::Relaxed};

    pub(super) static WAS_CLOSED: AtomicBool = AtomicBool::new(false);

    // SAFETY: the section holds pointers to functions that take nothing, or what they may leave unread, and
    // this is one. It makes one system call and stores into an atomic, for which nothing has to be set up.
    #[used]
    #[cfg_attr(target_vendor = "apple", unsafe(link_section = "__DATA,__mod_init_func"))]
    #[cfg_attr(not(target_vendor = "apple"), unsafe(link_section = ".init_array"))]
    static LOOK: extern "C" fn() = look;

    extern "C" fn look() {
        let flags = rustix::io::fcntl_getfd(rustix::stdio::stdout());
        WAS_CLOSED.store(flags == Err(rustix::io::Errno::BADF), Relaxed);
    }
}
