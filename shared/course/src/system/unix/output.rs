//! Before `main` the standard library opens `/dev/null` in the place of a stream that is closed. What was there can be
//! seen earlier only: where the system calls what has to be set up before the program begins.
#![expect(unsafe_code, reason = "names the section of functions that are called before main")]

use std::io;
use std::sync::atomic::{AtomicBool, Ordering::Relaxed};

use rustix::fs::{OFlags, fcntl_getfl};
use rustix::io::{Errno, FdFlags, fcntl_getfd, fcntl_setfd};

static WAS_CLOSED: AtomicBool = AtomicBool::new(false);

// SAFETY: the section holds pointers to functions that take nothing, or what they may leave unread, and this is one. It
// makes one system call and stores into an atomic, for which nothing has to be set up.
#[used]
#[cfg_attr(target_vendor = "apple", unsafe(link_section = "__DATA,__mod_init_func"))]
#[cfg_attr(not(target_vendor = "apple"), unsafe(link_section = ".init_array"))]
static LOOK: extern "C" fn() = look;

extern "C" fn look() {
    WAS_CLOSED.store(fcntl_getfd(rustix::stdio::stdout()) == Err(Errno::BADF), Relaxed);
}

/// An error where standard output was closed, or opened for reading only.
pub(super) fn can_be_written() -> io::Result<()> {
    if WAS_CLOSED.load(Relaxed) {
        return Err(io::Error::other("standard output is closed"));
    }
    match fcntl_getfl(io::stdout()) {
        Ok(flags) if flags & OFlags::RWMODE == OFlags::RDONLY => Err(Errno::BADF.into()),
        _ => Ok(()),
    }
}

/// The next program that this process becomes finds standard output closed, too, where it was.
pub(super) fn stays_closed() {
    if WAS_CLOSED.load(Relaxed) {
        let _ = fcntl_setfd(io::stdout(), FdFlags::CLOEXEC);
    }
}
