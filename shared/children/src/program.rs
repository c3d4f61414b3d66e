use std::fs::File;
use std::io;
use std::process::Command;

use crate::system::{Here, System};

/// The variables without which the system starts no program, for a child that gets an environment of its own.
pub const NEEDED_VARIABLES: &[&str] = Here::NEEDED_VARIABLES;

/// Whether this system lets a program [`pass`] open files on to its children.
pub const PASSES_FILES: bool = Here::PASSES_FILES;

/// This very program again, under the name that it was started by.
///
/// The program is never searched for on PATH. On Linux it is the running one itself, whatever has become of
/// its file since: it may have been replaced by a new build, or removed.
///
/// # Errors
///
/// [`io::ErrorKind::NotFound`] where the system does not say which program is running: Linux without `/proc`.
pub fn this_program() -> io::Result<Command> {
    Here::this_program().map_err(|cause| io::Error::new(io::ErrorKind::NotFound, cause))
}

/// Keeps the descriptors that this program was started with from the children that it starts.
///
/// Those that Rust opens are closed in a child anyway. But a caller may have left others open, such as the
/// pipe of a test or the socket of a server, and a child would hold them for as long as it lives. On Windows
/// nothing is done: there a child is given what its parent has marked for it.
pub fn inherit_nothing() {
    Here::inherit_nothing();
}

/// Passes an open file on to the child, which finds it as descriptor `number`.
///
/// The command keeps a copy of it open until it is dropped: the other end of a pipe sees no end before.
///
/// # Errors
///
/// Where the system has no more descriptors, or does not pass any on.
pub fn pass(command: &mut Command, file: &File, number: i32) -> io::Result<()> {
    Here::pass(command, file, number)
}

/// The file that the parent of this process has [passed](pass) on as descriptor `number`.
///
/// # Errors
///
/// Where there is none, and where the system does not pass any on.
pub fn passed(number: i32) -> io::Result<File> {
    Here::passed(number)
}
