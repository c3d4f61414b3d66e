//! What a line of the file means: `Oslo;-3.4` is a station and what its thermometer says.

use std::borrow::Cow;
use std::path::Path;

use measure::Error;
use serde::{Deserialize, Serialize};

/// The longest name of a station, in bytes.
pub const LONGEST_NAME: usize = 100;

/// A value lies between minus this and this.
pub const LARGEST: f64 = 99_999.9;

/// How many bad lines are kept, to be shown.
pub const KEPT: usize = 5;

/// One reading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record<'t> {
    /// The name of the station.
    pub station: Cow<'t, str>,
    /// The value in tenths, so that sums are exact.
    pub tenths: i32,
}

/// A whole file.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Parsed<'t> {
    /// The good lines, in order.
    pub records: Vec<Record<'t>>,
    /// How many lines were bad, and left out.
    pub bad: u64,
    /// The first of them.
    pub first_bad: Vec<BadLine>,
}

/// A line that is no record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BadLine {
    /// Its number, counted from 1.
    pub line: u64,
    /// What is wrong with it.
    pub why: String,
}

impl<'t> Parsed<'t> {
    /// Takes what a line was read as: a record, or the reason why it is none.
    ///
    /// # Errors
    ///
    /// The bad line, unless `lenient` lets it pass.
    pub fn take(
        &mut self,
        line: u64,
        read: Result<Record<'t>, String>,
        lenient: bool,
    ) -> Result<(), BadLine> {
        match read {
            Ok(record) => self.records.push(record),
            Err(why) if lenient => {
                self.bad += 1;
                if self.first_bad.len() < KEPT {
                    self.first_bad.push(BadLine { line, why });
                }
            }
            Err(why) => return Err(BadLine { line, why }),
        }
        Ok(())
    }
}

impl BadLine {
    /// The error that ends the program.
    pub fn in_file(self, path: &Path) -> Error {
        Error::Data {
            path: path.to_owned(),
            line: Some(self.line),
            cause: self.why,
            remedy: "fix the line, or leave such lines out with --lenient",
        }
    }
}

/// The lines of a text, without their ends: `\n` or `\r\n`. The last line may have none.
pub fn lines(text: &[u8]) -> impl Iterator<Item = &[u8]> {
    let ended = text.strip_suffix(b"\n").unwrap_or(text);
    let all = ended.split(|byte| *byte == b'\n');
    let lines = all.map(|line| line.strip_suffix(b"\r").unwrap_or(line));
    lines.take(if text.is_empty() { 0 } else { usize::MAX })
}

/// A part of a file in a message: short, and without control characters.
pub fn quoted(text: &str) -> String {
    const MOST: usize = 30;
    let short: String = text.chars().take(MOST).flat_map(char::escape_debug).collect();
    let dots = if text.chars().nth(MOST).is_some() { "..." } else { "" };
    format!("'{short}{dots}'")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(text: &str) -> Vec<&str> {
        lines(text.as_bytes()).map(|line| str::from_utf8(line).expect("it was text")).collect()
    }

    #[test]
    fn lines_end_as_on_any_system() {
        assert_eq!(all("a\nb\n"), ["a", "b"]);
        assert_eq!(all("a\r\nb"), ["a", "b"]);
        assert_eq!(all("\n\na"), ["", "", "a"]);
        assert_eq!(all("\n"), [""]);
        assert_eq!(all(""), [""; 0]);
    }

    #[test]
    fn quotes_are_short() {
        assert_eq!(quoted("abc"), "'abc'");
        assert_eq!(quoted("a\tb"), r"'a\tb'");
        assert_eq!(quoted(&"x".repeat(1_000_000)).len(), 35);
    }
}
