use std::io::{self, ErrorKind, Write};

use anstream::{AutoStream, ColorChoice};
use measure::Error;

use crate::stdout;

/// Writes results to standard output, errors to standard error.
///
/// A full disk is an error; a reader that has seen enough and closed the pipe is not.
///
/// All text is UTF-8. A console of Windows shows it right whatever its code page is: to a console the standard
/// library writes letters of 16 bits, and so nothing has to be set there, or restored.
#[derive(Debug, Clone, Copy)]
pub struct Output {
    color: ColorChoice,
}

impl Output {
    /// An output that uses colours as `--color` says.
    pub fn new(color: clap::ColorChoice) -> Self {
        Output { color: colorchoice_clap::Color { color }.as_choice() }
    }

    /// Whether results are written with colours: as was asked for, and where standard output shows them.
    pub fn has_colour(self) -> bool {
        AutoStream::new(io::stdout(), self.color).current_choice() != ColorChoice::Never
    }

    /// Writes a result, whole, and makes sure that it has arrived.
    ///
    /// # Errors
    ///
    /// [`Error::Output`], except where the reader closed the pipe.
    pub fn result(self, text: &str) -> Result<(), Error> {
        let mut stream = AutoStream::new(io::stdout(), self.color);
        let written = stdout::can_be_written()
            .and_then(|()| stream.write_all(text.as_bytes()))
            .and_then(|()| stream.flush())
            .map_err(stdout::named);
        match written {
            Err(error) if error.kind() != ErrorKind::BrokenPipe => Err(Error::Output(error)),
            _ => Ok(()),
        }
    }

    /// Writes a question to standard error; the answer may follow on the same line.
    pub fn ask(self, question: &str) {
        let mut stream = AutoStream::new(io::stderr(), self.color);
        let _ = write!(stream, "{question}").and_then(|()| stream.flush());
    }

    /// Writes one line to standard error. If even that fails, the exit code has to speak.
    pub fn complain(self, line: &str) {
        let mut stream = AutoStream::new(io::stderr(), self.color);
        let _ = writeln!(stream, "{line}");
    }
}
