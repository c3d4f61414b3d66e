mod input;
mod lifeline;
mod order;
mod parent;

use std::ffi::OsStr;
use std::fs::File;
use std::io::{self, Write};
use std::ops::Range;
use std::panic;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Instant;

use course::{environment, signals};
use kernels::{AnyKernel, Kernel, Memory, sum_of_bytes};
use measure::{Error, panics};

use self::input::next_frame;
use crate::frame::{Frame, Message, Unreadable};

/// Turns this process into a worker if it was started as one: with `--worker` as its only argument.
///
/// To be called on the first line of `main`, before anything is printed or read.
pub fn worker_if_asked() -> Option<ExitCode> {
    let mut arguments = std::env::args_os().skip(1);
    let asked = arguments.next().as_deref() == Some(OsStr::new("--worker"));
    (asked && arguments.next().is_none()).then(|| ExitCode::from(work()))
}

/// What ends a worker before its input does.
#[derive(Debug, thiserror::Error)]
enum Ended {
    /// The input ended between two frames.
    #[error("the input ended")]
    InputOver,
    /// Nobody reads the answers any more.
    #[error("nobody reads the answers")]
    NobodyListens,
    #[error(transparent)]
    Unreadable(#[from] Unreadable),
    #[error("a frame came that does not belong here: {0}")]
    OutOfPlace(&'static str),
    #[error(transparent)]
    Kernel(#[from] Error),
}

/// Answers frame after frame until the input ends; gives the exit code.
fn work() -> u8 {
    environment::forget();
    panics::quiet();
    signals::become_errors();
    parent::end_with_it();
    lifeline::hold();
    let answered = panic::catch_unwind(answer_all);
    match answered.unwrap_or_else(|payload| Err(Ended::Kernel(Error::in_the_runner(&*payload)))) {
        Ok(()) | Err(Ended::InputOver | Ended::NobodyListens) => 0,
        Err(ended) => complain(&ended),
    }
}

/// One line on standard error, and the exit code of a worker that gave up.
fn complain(reason: &dyn std::fmt::Display) -> u8 {
    // If standard error is gone as well, the exit code has to speak.
    let _ = writeln!(io::stderr(), "worker {}: {reason}", std::process::id());
    70
}

fn answer_all() -> Result<(), Ended> {
    let Some(first) = next_frame()? else { return Ok(()) };
    let Message::Spec { kernel, terms, data } = first.message else {
        return Err(order::SPEC_FIRST);
    };
    let kernel = AnyKernel::attach(kernel, terms, data.then(data_file).transpose()?);
    let kernel = kernel.map_err(Error::from)?;
    send(first.job, Message::Ready)?;
    let mut fault = None;
    // ANCHOR: answers
    while let Some(Frame { job, message }) = next_frame()? {
        let start = Instant::now();
        let (range, sum) = match message {
            Message::Sum(range) => (range.clone(), kernel.sum(range)),
            Message::SumMapped(range) => (range.clone(), {
                let kernel = Memory::attach_lazily(data_file()?, terms).map_err(Error::from)?;
                kernel.sum(range)
            }),
            Message::SumSent(range) => (range.clone(), sum_of_sent(range)?),
            Message::Misbehave(told) => {
                fault = Some(told);
                continue;
            }
            _ => return Err(order::NO_REQUEST),
        };
        if let Some(fault) = fault.take() {
            fault.commit(job, range, sum).map_err(|_| Ended::NobodyListens)?;
            continue;
        }
        let busy = u64::try_from(start.elapsed().as_nanos()).unwrap_or(u64::MAX);
        send(job, Message::Answer { range, sum, busy })?;
    }
    // ANCHOR_END: answers
    Ok(())
}

fn send(job: u64, message: Message) -> Result<(), Ended> {
    Frame { job, message }.write(&mut io::stdout().lock()).map_err(|_| Ended::NobodyListens)
}

/// Adds the numbers of the `Data` frames that follow, each as it comes.
fn sum_of_sent(range: Range<u64>) -> Result<u64, Ended> {
    let (mut missing, mut sum) = ((range.end - range.start) * 8, 0);
    while missing > 0 {
        // The order lets nothing else through before all of them are there.
        if let Message::Data(bytes) = next_frame()?.ok_or(Ended::InputOver)?.message {
            missing -= bytes.len() as u64;
            sum += sum_of_bytes(&bytes);
        }
    }
    Ok(sum)
}

/// The file behind descriptor 3, which the parent passed on.
#[cfg(unix)]
fn data_file() -> Result<Arc<File>, Error> {
    // Opened through its name under /dev/fd: the kernel checks that there is such a descriptor, and
    // nobody has to promise that it belongs to nothing else.
    let file = File::open(format!("/dev/fd/{DATA_DESCRIPTOR}"));
    file.map(Arc::new).map_err(|cause| Error::Refused {
        what: format!("descriptor {DATA_DESCRIPTOR} with the data"),
        cause: cause.to_string(),
        remedy: "start workers from the program itself",
    })
}

#[cfg(not(unix))]
fn data_file() -> Result<Arc<File>, Error> {
    Err(Error::Refused {
        what: "the data of another process".to_owned(),
        cause: "this system passes no descriptors on".to_owned(),
        remedy: "use another kernel with -k",
    })
}

/// The descriptor that holds the data in a worker.
#[cfg(unix)]
pub(crate) const DATA_DESCRIPTOR: i32 = 3;
