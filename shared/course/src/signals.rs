//! What asks a program to end, and ends it in good order: signals, and the events of a console. And signals
//! that become plain errors.

use measure::{Cancellation, Error};

use crate::TemporaryFolder;
use crate::system::{Here, System};

/// From here on SIGINT, SIGTERM, SIGHUP and SIGQUIT cancel `cancellation`, and then end this program, by the
/// same signal. One that the caller ignores, as `nohup` does with SIGHUP and a shell with SIGINT and SIGQUIT
/// for what runs in its background, stays ignored.
///
/// On Windows Ctrl-C, Ctrl-Break and the end of the console do: the program ends with the exit code of such
/// programs there, 0xC000013A.
///
/// # Errors
///
/// [`Error::Refused`] where the system refuses a thread, or a handler.
pub fn handle(cancellation: Cancellation) -> Result<(), Error> {
    Here::when_asked_to_end(move || cancellation.cancel()).map_err(|cause| Error::Refused {
        what: "a thread that waits for signals".to_owned(),
        cause: cause.to_string(),
        remedy: Here::MORE_THREADS,
    })
}

/// The signals that ask a program to end, but for those that the caller ignores: to be asked before any of
/// them has a handler. None where there are no signals.
pub fn ending() -> Vec<i32> {
    Here::ending()
}

/// From here on signals that the caller has blocked arrive: a program inherits that. To be called before
/// any thread is started. If it cannot be done, they wait.
pub fn unblock() {
    Here::unblock();
}

/// Turns SIGXFSZ and SIGCHLD into ordinary errors, for parent and worker alike:
///
/// - SIGXFSZ: to write beyond a limit (`ulimit -f`) is an error of that write;
/// - SIGCHLD: where the caller ignores it, the system would forget how a child ended.
///
/// Where the system refuses a handler, ends are less well explained, and that is all.
pub fn become_errors() {
    Here::become_errors();
}

/// From here on this program ends with exit code 71 instead of by SIGABRT, and says what there is to do.
///
/// With SIGABRT Rust ends a program that gets no more memory, or no more stack, once it has said so:
/// the system has refused a resource, and that is what 71 means. Not for workers, whose parent names
/// the signal. Windows does not say when a program aborts: it ends with that system's own code.
pub fn aborts_are_refusals() {
    Here::aborts_are_refusals(TemporaryFolder::remove_at_abort);
}

/// From here on this program says `line` and ends with exit code 70 instead of by SIGSEGV or SIGBUS: for one into which
/// code of others is loaded that Rust does not check, as the driver of a device is. `line` ends with a line break. A stack that is full
/// is told of by these signals, too, and no longer by name. On Windows it ends with that system's own code.
pub fn crashes_are_failures(line: &'static str) {
    Here::crashes_are_failures(line, TemporaryFolder::remove_at_abort);
}
