//! Standard output where the standard library says nothing: it takes a closed one, or one that was opened
//! for reading only, for `/dev/null`, and drops what it is given.

use std::io::{self, StdoutLock, Write};

use crate::system::{Here, System};

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
        self.0.write(bytes).map_err(named)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush().map_err(named)
    }
}

/// Whether standard output goes anywhere.
///
/// # Errors
///
/// Where it was closed when the program started, or opened for reading only.
pub fn can_be_written() -> io::Result<()> {
    Here::output_can_be_written()
}

/// The same error; one that means a closed pipe, and that the standard library does not know as such, by that name.
pub(crate) fn named(error: io::Error) -> io::Error {
    let number = error.raw_os_error();
    if number.is_some() && number == Here::CLOSED_PIPE {
        return io::ErrorKind::BrokenPipe.into();
    }
    error
}
