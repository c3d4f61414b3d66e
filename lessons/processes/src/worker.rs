mod misbehave;
mod watchdog;

use std::ffi::OsStr;
use std::fs::File;
use std::io::{self, StdinLock, Write};
use std::ops::Range;
use std::panic::{self, AssertUnwindSafe};
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Instant;

use children::{Unreadable, itself};
use course::{sanitize, signals};
use kernels::{AnyKernel, Kernel, Memory, Partial, Total, sum_of_bytes};
use measure::{Error, panics};

use crate::frame::Message;

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
    /// Nobody reads the answers any more.
    #[error("nobody reads the answers")]
    NobodyListens,
    #[error(transparent)]
    Unreadable(#[from] Unreadable),
    #[error("a frame came that does not belong here: {0}")]
    OutOfPlace(&'static str),
    #[error("the partial of {0:?} cannot travel: {1}")]
    Unsent(Range<u64>, String),
    #[error(transparent)]
    Kernel(#[from] Error),
}

/// Answers frame after frame until the input ends; gives the exit code.
fn work() -> u8 {
    sanitize();
    panics::quiet();
    signals::become_errors();
    end_with_parent();
    watchdog::start();
    let mut input = Input(Some(io::stdin().lock()));
    let answered = panic::catch_unwind(AssertUnwindSafe(|| answer_all(&mut input)));
    // Locked to the end: the watchdog has no say in the exit code any more.
    std::mem::forget(input);
    match answered.unwrap_or_else(|payload| Err(Ended::Kernel(panics::in_the_runner(&*payload)))) {
        Ok(()) | Err(Ended::NobodyListens) => 0,
        Err(ended) => complain(&ended),
    }
}

/// Asks the system to end this worker with its parent even if it is stopped, when no thread of its own can see the
/// hang-up.
///
/// Only where the parent is this very program, whose starting thread lives as long as the program: a worker that
/// was started by hand, from a shell say, ends with its input and no sooner.
fn end_with_parent() {
    if itself::is_parent_this_program() {
        itself::end_with_parent();
    }
    itself::take_name();
}

/// One line on standard error, and the exit code of a worker that gave up.
fn complain(reason: &dyn std::fmt::Display) -> u8 {
    // If standard error is gone as well, the exit code has to speak.
    let _ = writeln!(io::stderr(), "worker {}: {reason}", std::process::id());
    70
}

/// Standard input. It is locked but for the time of a sum, in which the [watchdog] may take it.
struct Input(Option<StdinLock<'static>>);

impl Input {
    fn next(&mut self) -> Result<Option<(u64, Message)>, Unreadable> {
        Message::read(self.0.get_or_insert_with(|| io::stdin().lock()))
    }

    fn free_during<T>(&mut self, sum: impl FnOnce() -> T) -> T {
        self.0 = None;
        let done = sum();
        self.0 = Some(io::stdin().lock());
        done
    }
}

fn answer_all(input: &mut Input) -> Result<(), Ended> {
    let Some((job, first)) = input.next()? else { return Ok(()) };
    let Message::Spec { kernel, terms, data } = first else {
        return Err(Ended::OutOfPlace("the first one must be a spec"));
    };
    let kernel = AnyKernel::attach(kernel, terms, data.then(data_file).transpose()?);
    let kernel = kernel.map_err(Error::from)?;
    send(job, &Message::Ready)?;
    let mut fault = None;
    // ANCHOR: answers
    while let Some((job, message)) = input.next()? {
        let start = Instant::now();
        let (range, sum) = match message {
            Message::Sum(range) => {
                let range = inside(range, terms)?;
                (range.clone(), input.free_during(|| kernel.sum(range)))
            }
            Message::SumMapped(range) => {
                let range = inside(range, terms)?;
                let kernel = Memory::attach_lazily(data_file()?, terms).map_err(Error::from)?;
                (range.clone(), input.free_during(|| kernel.sum(range).into()))
            }
            Message::SumSent(range) => {
                let range = inside(range, terms)?;
                let Some(sum) = sum_of_sent(input, job, &range)? else { return Ok(()) };
                (range, sum.into())
            }
            Message::Misbehave(what) => {
                fault = Some(what);
                continue;
            }
            _ => return Err(Ended::OutOfPlace("only requests may follow the spec")),
        };
        if let Some(fault) = fault.take() {
            misbehave::misbehave(fault, job, range, sum).map_err(|_| Ended::NobodyListens)?;
            continue;
        }
        let busy = u64::try_from(start.elapsed().as_nanos()).unwrap_or(u64::MAX);
        let sum = bytes(&range, &sum)?;
        send(job, &Message::Answer { range, busy, sum })?;
    }
    // ANCHOR_END: answers
    Ok(())
}

fn send(job: u64, message: &Message) -> Result<(), Ended> {
    message.write(job, &mut io::stdout().lock()).map_err(|_| Ended::NobodyListens)
}

/// The partial as it travels.
fn bytes(range: &Range<u64>, sum: &Total) -> Result<Vec<u8>, Ended> {
    let unsent = |why: String| Ended::Unsent(range.clone(), why);
    let bytes =
        sum.encode().ok_or_else(|| unsent("`encode` in yours/src/lib.rs gives none".to_owned()))?;
    if bytes.len() > Message::LONGEST_PARTIAL {
        let (long, most) = (bytes.len(), Message::LONGEST_PARTIAL);
        return Err(unsent(format!("it takes {long} bytes, and a frame holds {most}")));
    }
    Ok(bytes)
}

fn inside(range: Range<u64>, terms: u64) -> Result<Range<u64>, Ended> {
    if range.end <= terms {
        Ok(range)
    } else {
        Err(Ended::OutOfPlace("the range has no such terms"))
    }
}

/// Adds the numbers of the `Data` frames that follow, each as it comes; `None` where the input ends.
fn sum_of_sent(input: &mut Input, job: u64, range: &Range<u64>) -> Result<Option<u64>, Ended> {
    let (mut missing, mut sum) = ((range.end - range.start).saturating_mul(8), 0);
    while missing > 0 {
        let Some((of, message)) = input.next()? else { return Ok(None) };
        let Message::Data(bytes) = message else {
            return Err(Ended::OutOfPlace("numbers were announced"));
        };
        let left = missing.checked_sub(bytes.len() as u64);
        let left = left.filter(|_| of == job && bytes.len().is_multiple_of(8));
        missing = left.ok_or(Ended::OutOfPlace("these are not the numbers that were announced"))?;
        sum += sum_of_bytes(&bytes);
    }
    Ok(Some(sum))
}

/// The file behind descriptor 3, which the parent passed on.
fn data_file() -> Result<Arc<File>, Error> {
    children::passed(DATA_DESCRIPTOR).map(Arc::new).map_err(|cause| Error::Refused {
        what: format!("descriptor {DATA_DESCRIPTOR} with the data"),
        cause: cause.to_string(),
        remedy: "start workers from the program itself",
    })
}

/// The descriptor that holds the data in a worker.
pub(crate) const DATA_DESCRIPTOR: i32 = 3;
