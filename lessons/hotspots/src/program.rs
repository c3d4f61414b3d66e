//! The program: read a file, parse it, sum, write the result.

use std::path::PathBuf;
use std::time::{Duration, Instant};

use measure::Error;

use crate::{Part, Parts};

/// What the program is to do.
#[derive(Debug, Clone)]
pub struct Job {
    /// The file to read.
    pub input: PathBuf,
    /// The file to write.
    pub output: PathBuf,
    /// Whether bad lines are left out.
    pub lenient: bool,
}

/// How long a run took.
#[derive(Debug, Clone, Copy, Default)]
pub struct Times {
    /// All of it.
    pub total: Duration,
    /// Each part, in the order of [`Part::ALL`].
    pub parts: [Duration; Part::ALL.len()],
}

/// Runs the program, a stopwatch in hand.
///
/// # Errors
///
/// A file that cannot be read or written, and a line that is no record.
// ANCHOR: run
#[inline(never)]
pub fn run(parts: &Parts, job: &Job) -> Result<Times, Error> {
    let start = Instant::now();
    let text = (parts.read)(&job.input)?;
    let read = Instant::now();
    let parsed = (parts.parse)(&text, job.lenient).map_err(|bad| bad.in_file(&job.input))?;
    let parse = Instant::now();
    let distances = (parts.distances)(&parsed.records);
    let summed = Instant::now();
    (parts.write)(&job.output, &parsed.records, &distances)?;
    let write = Instant::now();
    drop((parsed, distances)); // To give memory back takes time, too, and belongs to no part.
    let parts = [read - start, parse - read, summed - parse, write - summed];
    Ok(Times { total: start.elapsed(), parts })
}
// ANCHOR_END: run
