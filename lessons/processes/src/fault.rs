use std::io::{self, Write};
use std::ops::Range;
use std::time::Duration;
use std::{process, thread};

use crate::frame::{self, Frame, Message};

/// What a worker can be told to do in place of an honest answer.
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
    /// It is stopped by SIGSTOP: alive, and deaf.
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

    /// Does to the calling process what needs no wire: it panics, exits, aborts, or stops. Of anything else
    /// it comes back, and from a stop once the process is continued.
    ///
    /// # Panics
    ///
    /// If that is the fault.
    pub fn strike(self) {
        match self {
            Fault::Panic => panic!("told to panic"),
            Fault::Exit => process::exit(3),
            Fault::Abort => process::abort(),
            Fault::Stop => stop(),
            _ => {}
        }
    }

    /// Does it, in a worker that was asked by `job` for `range`, whose honest sum is `sum`.
    ///
    /// # Errors
    ///
    /// Where nobody reads the answers any more.
    ///
    /// # Panics
    ///
    /// If that is the fault.
    pub(crate) fn commit(self, job: u64, range: Range<u64>, sum: u64) -> io::Result<()> {
        let answer = |range, sum| Message::Answer { range, sum, busy: 1 };
        let mut output = io::stdout().lock();
        self.strike();
        match self {
            Fault::Panic | Fault::Exit | Fault::Abort | Fault::Stop => {}
            Fault::Sleep => thread::sleep(Duration::from_secs(3600)),
            Fault::Lie => {
                return Frame { job, message: answer(range, sum + 1) }.write(&mut output);
            }
            Fault::Garbage => {
                output.write_all(b"the sum is 42\n")?;
                return output.flush();
            }
            Fault::HalfFrame => {
                let mut bytes = Vec::new();
                Frame { job, message: answer(range, sum) }.write(&mut bytes)?;
                output.write_all(&bytes[..bytes.len() / 2])?;
                output.flush()?;
                process::exit(0);
            }
            Fault::Flood => {
                output.write_all(&frame::header_of_any_length(job, u32::MAX))?;
                loop {
                    output.write_all(&[0; 65_536])?;
                }
            }
            Fault::WrongRange => {
                let beside = range.end..range.end + (range.end - range.start);
                return Frame { job, message: answer(beside, sum) }.write(&mut output);
            }
            Fault::WrongJob => {
                let message = answer(range, sum);
                return Frame { job: job + 1000, message }.write(&mut output);
            }
            Fault::Twice => {
                let mut bytes = Vec::new();
                Frame { job, message: answer(range.clone(), sum) }.write(&mut bytes)?;
                Frame { job, message: answer(range, sum) }.write(&mut bytes)?;
                output.write_all(&bytes)?;
                return output.flush();
            }
            Fault::Ready => return Frame { job, message: Message::Ready }.write(&mut output),
        }
        // It was continued, or has slept its hour: now it is honest.
        Frame { job, message: answer(range, sum) }.write(&mut output)
    }
}

#[cfg(unix)]
fn stop() {
    use rustix::process::{Signal, getpid, kill_process};
    // A process may always signal itself; and if not, its answer comes at once.
    let _ = kill_process(getpid(), Signal::STOP);
}

/// Other systems cannot stop a process like this: it waits for an hour.
#[cfg(not(unix))]
fn stop() {
    thread::sleep(Duration::from_secs(3600));
}
