use std::process;

use children::itself;
use kernels::Total;

/// A fault that is injected into a worker, in place of an honest answer.
///
/// It exists to show, and to test, that the parent notices. The worker sums its next range first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// Its code panics.
    Panic,
    /// It ends as if all were done, with exit status 3.
    Exit,
    /// It ends by SIGABRT, as a C program does when an assertion fails.
    Abort,
    /// It is stopped, by SIGSTOP where there are signals: alive, and deaf.
    Stop,
    /// It waits for an hour.
    Sleep,
    /// It answers with a sum that is 1 too large.
    Lie,
    /// It answers with a line of text.
    Garbage,
    /// It answers with half a frame, and ends.
    HalfFrame,
    /// It announces an answer of 4 GB, and sends it.
    Flood,
    /// It answers for the range beside its own.
    WrongRange,
    /// It answers a request that nobody made.
    WrongJob,
    /// It says that it is ready, once more.
    Ready,
    /// It answers twice.
    Twice,
}

impl Fault {
    /// Every fault; the number of one on the wire is its place in here.
    pub const ALL: [Fault; 13] = [
        Fault::Panic,
        Fault::Exit,
        Fault::Abort,
        Fault::Stop,
        Fault::Sleep,
        Fault::Lie,
        Fault::Garbage,
        Fault::HalfFrame,
        Fault::Flood,
        Fault::WrongRange,
        Fault::WrongJob,
        Fault::Ready,
        Fault::Twice,
    ];

    /// Injects the faults that need no message. Returns for all others, and after SIGCONT for `Stop`.
    ///
    /// # Panics
    ///
    /// If that is the fault.
    pub fn strike(self) {
        match self {
            Fault::Panic => panic!("told to panic"),
            Fault::Exit => process::exit(3),
            Fault::Abort => process::abort(),
            Fault::Stop => itself::stop(),
            _ => {}
        }
    }

    /// What a lie makes of a sum: a number that is 1 too large, or what no number is, joined with itself.
    pub fn falsified(sum: Total) -> Total {
        match sum {
            Total::Number(number) => Total::Number(number.wrapping_add(1)),
            other => other.clone() + other,
        }
    }
}
