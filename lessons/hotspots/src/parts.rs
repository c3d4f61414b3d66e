//! The four parts of the program, and what each takes and gives.

use std::path::Path;

use measure::Error;
use serde::{Deserialize, Serialize};

use crate::record::{BadLine, Parsed, Record};

/// A function that writes the result.
type Write = fn(&Path, &[Record<'_>], &[u64]) -> Result<(), Error>;

/// The program as four functions, one after the other.
///
/// A row of the table names what it does differently, and takes the rest from another row:
/// `Parts { parse, ..first() }`. They are called through pointers, so each stays a function of its own,
/// which a profiler can see.
#[derive(Debug, Clone, Copy)]
pub struct Parts {
    /// The whole file, as bytes.
    pub read: fn(&Path) -> Result<Vec<u8>, Error>,
    /// Its lines as records. Bad lines are left out if that is allowed, and are an error otherwise.
    pub parse: for<'t> fn(&'t [u8], bool) -> Result<Parsed<'t>, BadLine>,
    /// For each record the sum of its distances to all records.
    pub distances: fn(&[Record<'_>]) -> Vec<u64>,
    /// Records and sums as lines of a file.
    pub write: Write,
}

/// One of the four.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Part {
    /// [`Parts::read`].
    Read,
    /// [`Parts::parse`].
    Parse,
    /// [`Parts::distances`].
    Distances,
    /// [`Parts::write`].
    Write,
}

impl Part {
    /// All of them, in the order in which they run.
    pub const ALL: [Part; 4] = [Part::Read, Part::Parse, Part::Distances, Part::Write];

    /// Its name: that of the function.
    pub fn as_str(self) -> &'static str {
        match self {
            Part::Read => "read",
            Part::Parse => "parse",
            Part::Distances => "distances",
            Part::Write => "write",
        }
    }
}
