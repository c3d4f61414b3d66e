//! What a program wrote: in memory, where the system has such files, and read only when the clock stands still.
//!
//! Not `/dev/null`, which some programs notice and then do no work; and no pipe, which somebody has to empty
//! meanwhile, on a core that the program then lacks.

use std::fs::File;
use std::io::{self, Read, Seek};
use std::process::Stdio;

use measure::Error;

/// One stream of a program.
#[derive(Debug)]
pub struct Output(File);

/// As much is read at once.
const CHUNK: usize = 64 << 10;

/// As much of an output is searched.
const SEARCHED: u64 = 64 << 20;

impl Output {
    /// A new one, empty.
    pub(crate) fn new() -> Result<Self, Error> {
        kernels::nameless_file().map(Output).map_err(|cause| refused(&cause))
    }

    /// The end for a program that writes, or that reads all of it from the beginning.
    pub(crate) fn stream(&self) -> Result<Stdio, Error> {
        let mut file = &self.0;
        file.rewind()
            .and_then(|()| self.0.try_clone())
            .map(Stdio::from)
            .map_err(|cause| refused(&cause))
    }

    /// All of it, or the beginning of a very long one.
    ///
    /// # Errors
    ///
    /// Where the system refuses to read it.
    pub fn bytes(&self) -> io::Result<Vec<u8>> {
        let (mut file, mut bytes) = (&self.0, Vec::new());
        file.rewind()?;
        file.take(SEARCHED).read_to_end(&mut bytes)?;
        Ok(bytes)
    }

    /// How many bytes there are by now.
    pub(crate) fn length(&self) -> u64 {
        self.0.metadata().map_or(0, |file| file.len())
    }

    /// Where the two begin to differ, counted from 1; `None` where they don't.
    pub(crate) fn first_difference(&self, other: &Output) -> io::Result<Option<u64>> {
        let (mut one, mut two) = (&self.0, &other.0);
        one.rewind()?;
        two.rewind()?;
        let (mut left, mut right) = (vec![0; CHUNK], vec![0; CHUNK]);
        let mut before = 0;
        loop {
            let (length, more) = (filled(one, &mut left)?, filled(two, &mut right)?);
            let (left, right) = (&left[..length], &right[..more]);
            if left != right {
                let same = left.iter().zip(right).take_while(|(one, two)| one == two).count();
                return Ok(Some(before + same as u64 + 1));
            }
            if length == 0 {
                return Ok(None);
            }
            before += length as u64;
        }
    }

    /// Its first line that is not empty, for a message.
    pub(crate) fn first_line(&self) -> Option<String> {
        const MOST: usize = 200;
        let bytes = self.bytes().ok()?;
        let text = String::from_utf8_lossy(&bytes[..bytes.len().min(16 * MOST)]);
        let line = text.lines().map(str::trim).find(|line| !line.is_empty())?;
        let plain = line.chars().map(|letter| if letter.is_control() { ' ' } else { letter });
        Some(plain.take(MOST).collect())
    }
}

/// Reads until the buffer is full, or nothing is left.
fn filled(mut file: &File, buffer: &mut [u8]) -> io::Result<usize> {
    let mut length = 0;
    while length < buffer.len() {
        match file.read(&mut buffer[length..])? {
            0 => break,
            more => length += more,
        }
    }
    Ok(length)
}

fn refused(cause: &io::Error) -> Error {
    Error::Refused {
        what: "a file in memory for the output of the program".to_owned(),
        cause: cause.to_string(),
        remedy: "raise the limits (ulimit -n, ulimit -f), or free memory",
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    fn output(bytes: &[u8]) -> Output {
        let output = Output::new().expect("there is room");
        (&output.0).write_all(bytes).expect("there is room");
        output
    }

    #[test]
    fn the_first_difference_is_found() {
        let long = vec![b'x'; CHUNK + 10];
        let mut other = long.clone();
        other[CHUNK + 3] = b'y';
        let difference = |one: &[u8], two: &[u8]| {
            output(one).first_difference(&output(two)).expect("both can be read")
        };
        assert_eq!(difference(b"", b""), None);
        assert_eq!(difference(&long, &long), None);
        assert_eq!(difference(&long, &other), Some(CHUNK as u64 + 4));
        assert_eq!(difference(&long, &long[..CHUNK]), Some(CHUNK as u64 + 1));
        assert_eq!(difference(b"", b"a"), Some(1));
    }

    #[test]
    fn a_message_shows_one_plain_line() {
        assert_eq!(
            output(b"\n  \n\tit's \x1b[1mgone\nmore\n").first_line().as_deref(),
            Some("it's  [1mgone")
        );
        assert_eq!(output(b"").first_line(), None);
    }
}
