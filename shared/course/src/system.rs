//! What a program asks of the system on which it runs: one file for each kind of system. No other file asks
//! which one this is.

#[cfg(not(any(unix, windows)))]
use plain as this;
#[cfg(unix)]
use unix as this;
#[cfg(windows)]
use windows as this;

#[cfg(any(test, not(target_os = "linux")))]
mod plain;
#[cfg(unix)]
mod unix;
#[cfg(windows)]
mod windows;

use std::fs::{File, OpenOptions};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering::SeqCst};
use std::thread;
use std::time::Duration;

pub(crate) use this::Here;

/// What a system does for a program. Where it can do nothing, or does not tell, it says so: what each call does
/// then is written here.
pub(crate) trait System {
    /// A temporary folder, with what it takes to remove it.
    type Folder: Folder;

    /// What to do where there can be no temporary folder.
    const ELSEWHERE: &'static str = "set TMPDIR to a folder that you may write to";

    /// What to do where no thread can be started.
    const MORE_THREADS: &'static str = "end other programs";

    /// One more error number that means that nobody reads a pipe any more. Where the standard library knows all: none.
    const CLOSED_PIPE: Option<i32> = None;

    /// Takes variables out of the environment, for this program and those that it starts. To be called before any
    /// thread is started. Where nobody tells whether one was: nothing.
    fn forget(_variables: &[&str]) {}

    /// Lets signals arrive that the caller has blocked. Where there are none: nothing.
    fn unblock() {}

    /// Turns SIGXFSZ and SIGCHLD into ordinary errors. Where there are none: nothing.
    fn become_errors() {}

    /// Lets a program that gets no more memory or stack call `last` and end with exit code 71. `last` has to do
    /// without memory, as a signal handler. Where nobody is told of such an end: nothing.
    fn aborts_are_refusals(_last: fn()) {}

    /// Lets a program that reads or writes where it may not say `_line`, call `_last`, and end with exit code 70. `_last` has
    /// to do without memory, as a signal handler. Where nobody is told of such an end: nothing.
    fn crashes_are_failures(_line: &'static str, _last: fn()) {}

    /// The signals that ask a program to end and that the caller does not ignore. Where there are none: none.
    fn ending() -> Vec<i32> {
        Vec::new()
    }

    /// From here on whoever asks the program to end has `cancel` called, on another thread; then the program ends
    /// as one without a handler does. Where nobody is told: nothing.
    ///
    /// # Errors
    ///
    /// Where the system refuses a handler, or a thread for it.
    fn when_asked_to_end(_cancel: impl Fn() + Send + 'static) -> io::Result<()> {
        Ok(())
    }

    /// Whether standard output goes anywhere. Where the system does not tell: yes.
    ///
    /// # Errors
    ///
    /// Where it was closed when the program started, or opened for reading only.
    fn output_can_be_written() -> io::Result<()> {
        Ok(())
    }

    /// Whether a file is the one to which standard output goes; not counted is what goes to a device, such as
    /// `/dev/null`. Where the system does not tell: no.
    fn is_standard_output(_file: &File) -> bool {
        false
    }

    /// The name of this machine in its network. Where the system does not tell: none.
    fn host_name() -> Option<String> {
        None
    }

    /// Opens a file for writing, or makes it, and leaves in it what there is. A pipe that nobody reads is refused,
    /// and not waited for.
    ///
    /// # Errors
    ///
    /// The system's.
    fn open_to_save(path: &Path) -> io::Result<File> {
        OpenOptions::new().write(true).create(true).truncate(false).open(path)
    }

    /// What to do about a refusal that has nothing to do with the place or the size of a file. `None` where there
    /// is nothing that is known.
    fn remedy(_cause: &io::Error) -> Option<&'static str> {
        None
    }
}

/// A folder that can be removed with all that is in it.
pub(crate) trait Folder: Sized {
    /// The folder at `path`, which is there and empty.
    ///
    /// # Errors
    ///
    /// The system's; then the folder is gone.
    fn new(path: PathBuf) -> io::Result<Self>;

    /// Where it is.
    fn path(&self) -> &Path;

    /// Set once it is gone.
    fn is_gone(&self) -> &AtomicBool;

    /// Tries once to remove it; whether it is gone.
    fn try_to_remove(&self) -> bool;

    /// Removes it, once; what has its name later is left alone. Asks for no memory of its own.
    fn remove(&self) {
        for _ in 0..TRIES {
            if self.is_gone().load(SeqCst) {
                return;
            }
            if self.try_to_remove() {
                self.is_gone().store(true, SeqCst);
            } else {
                thread::sleep(BETWEEN_TRIES);
            }
        }
    }
}

/// How often a folder is tried to be removed: what was just ended may finish what it was writing there.
const TRIES: usize = 20;
const BETWEEN_TRIES: Duration = Duration::from_millis(2);
