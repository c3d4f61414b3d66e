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
pub fn can_be_written() -> io::Result<()> {
    Here::output_can_be_written()
}
