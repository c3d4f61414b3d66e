use std::io;

use serde::{Deserialize, Serialize};

use crate::WorkerKind;

/// What one worker is told to do before it has given its sum.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Fault {
    /// Nothing: this is how long the sum takes.
    None,
    /// Its code panics.
    Panic,
    /// It ends as if all were done, with exit status 3.
    Exit,
    /// It ends by SIGABRT.
    Abort,
    /// It is stopped by SIGSTOP: alive, and deaf.
    Stop,
    /// It waits, for as long as the lesson runs.
    Sleep,
    /// Its sum is 1 too large.
    Lie,
    /// It answers with a line of text.
    Garbage,
    /// It answers with half an answer, and ends.
    HalfFrame,
    /// It answers with far too much.
    Flood,
}

impl Fault {
    /// All of them, in reading order.
    pub const ALL: [Fault; 10] = [
        Fault::None,
        Fault::Panic,
        Fault::Exit,
        Fault::Abort,
        Fault::Stop,
        Fault::Sleep,
        Fault::Lie,
        Fault::Garbage,
        Fault::HalfFrame,
        Fault::Flood,
    ];

    /// Its name on the command line and in the table.
    pub fn as_str(self) -> &'static str {
        match self {
            Fault::None => "none",
            Fault::Panic => "panic",
            Fault::Exit => "exit",
            Fault::Abort => "abort",
            Fault::Stop => "stop",
            Fault::Sleep => "sleep",
            Fault::Lie => "lie",
            Fault::Garbage => "garbage",
            Fault::HalfFrame => "half-frame",
            Fault::Flood => "flood",
        }
    }

    /// One line about it, for `--list`.
    pub fn about(self) -> &'static str {
        match self {
            Fault::None => "nothing happens: this is how long the sum takes",
            Fault::Panic => "its code panics",
            Fault::Exit => "it ends as if all were done, with exit status 3",
            Fault::Abort => "it ends by SIGABRT",
            Fault::Stop => "it is stopped by SIGSTOP: alive, and deaf",
            Fault::Sleep => "it waits, for as long as the lesson runs",
            Fault::Lie => "its sum is 1 too large",
            Fault::Garbage => "it answers with a line of text (processes)",
            Fault::HalfFrame => "it answers with half an answer, and ends (processes)",
            Fault::Flood => "it answers with far too much (processes)",
        }
    }

    /// Whose worker it can happen to. What travels through a pipe can be broken there; memory that is shared is
    /// not parsed.
    pub fn workers(self) -> &'static [WorkerKind] {
        match self {
            Fault::Garbage | Fault::HalfFrame | Fault::Flood => &[WorkerKind::Processes],
            _ => &WorkerKind::ALL,
        }
    }

    /// The same fault of a worker process; `None` where there is none.
    pub(crate) fn of_a_process(self) -> Option<processes::Fault> {
        Some(match self {
            Fault::None => return None,
            Fault::Panic => processes::Fault::Panic,
            Fault::Exit => processes::Fault::Exit,
            Fault::Abort => processes::Fault::Abort,
            Fault::Stop => processes::Fault::Stop,
            Fault::Sleep => processes::Fault::Sleep,
            Fault::Lie => processes::Fault::Lie,
            Fault::Garbage => processes::Fault::Garbage,
            Fault::HalfFrame => processes::Fault::HalfFrame,
            Fault::Flood => processes::Fault::Flood,
        })
    }

    /// Does it, as far as the calling thread can. Comes back from a lie, and from nothing.
    pub(crate) fn commit(self) {
        match self.of_a_process() {
            Some(processes::Fault::Sleep) => wait_for_the_lesson(),
            Some(fault) => fault.strike(),
            None => {}
        }
    }
}

/// The lesson holds the other end of standard input, and never writes.
fn wait_for_the_lesson() {
    let _ = io::copy(&mut io::stdin().lock(), &mut io::sink());
}
