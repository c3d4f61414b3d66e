use std::io;
use std::time::Duration;

use crate::{Exit, Unreadable};

/// What went wrong with a child. Reads on after "the child failed:".
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The system refused it: no such program, no more processes, no more descriptors.
    #[error("{program} does not start: {cause}")]
    NotStarted {
        /// The program.
        program: String,
        /// The system's reason.
        #[source]
        cause: io::Error,
    },
    /// Its [`Killer`](crate::Killer) was used before it had started.
    #[error("it was cancelled before it had started")]
    Cancelled,
    /// It ended where an answer was due.
    #[error("it {0}")]
    Ended(Exit),
    /// It closed its output and stayed; it has been killed since.
    #[error("it closed its output")]
    OutputClosed,
    /// It was still busy at its [limit](crate::Child::limit), and has been killed.
    #[error("it took longer than {} s", .0.as_secs_f64())]
    TimedOut(Duration),
    /// What it sent is not a frame.
    #[error(transparent)]
    Unreadable(#[from] Unreadable),
}
