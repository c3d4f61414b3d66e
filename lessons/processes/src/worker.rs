use std::collections::VecDeque;
use std::ffi::OsStr;
use std::fs::File;
use std::io::{self, Write};
use std::ops::Range;
use std::panic;
use std::process::ExitCode;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Instant;

use shared::kernel::{Integers, Known, Memory, Pi, Primes, sum_of_bytes};
use shared::{Error, Kernel, KernelName, panics, signals};

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
        return Err(Ended::OutOfPlace("the first one must be a spec"));
    };
    let kernel = AnyKernel::new(kernel, terms, data)?;
    send(first.job, Message::Ready)?;
    let mut fault = None;
    // ANCHOR: answers
    while let Some(Frame { job, message }) = next_frame()? {
        let start = Instant::now();
        let (range, sum) = match message {
            Message::Sum(range) => (range.clone(), kernel.sum(inside(range, terms)?)),
            Message::SumMapped(range) => {
                (range.clone(), AnyKernel::mapped_anew(terms)?.sum(inside(range, terms)?))
            }
            Message::SumSent(range) => (range.clone(), sum_of_sent(job, inside(range, terms)?)?),
            Message::Misbehave(told) => {
                fault = Some(told);
                continue;
            }
            _ => return Err(Ended::OutOfPlace("only requests may follow the spec")),
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

/// Whether standard input has come to its end, or to nonsense. The lock is held while a frame is read,
/// and not while a sum runs: see [`lifeline`].
static INPUT_IS_OVER: Mutex<bool> = Mutex::new(false);

/// Frames that came during a sum, and were read then: see [`lifeline`].
static READ_AHEAD: Mutex<VecDeque<Frame>> = Mutex::new(VecDeque::new());

fn next_frame() -> Result<Option<Frame>, Unreadable> {
    let mut over = INPUT_IS_OVER.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(frame) = READ_AHEAD.lock().unwrap_or_else(PoisonError::into_inner).pop_front() {
        return Ok(Some(frame));
    }
    let frame = Frame::read(&mut io::stdin().lock());
    *over = !matches!(frame, Ok(Some(_)));
    frame
}

fn send(job: u64, message: Message) -> Result<(), Ended> {
    Frame { job, message }.write(&mut io::stdout().lock()).map_err(|_| Ended::NobodyListens)
}

fn inside(range: Range<u64>, terms: u64) -> Result<Range<u64>, Ended> {
    if range.end <= terms {
        Ok(range)
    } else {
        Err(Ended::OutOfPlace("the range has no such terms"))
    }
}

/// Adds the numbers of the `Data` frames that follow, each as it comes.
fn sum_of_sent(job: u64, range: Range<u64>) -> Result<u64, Ended> {
    let (mut missing, mut sum) = ((range.end - range.start) * 8, 0);
    while missing > 0 {
        let frame = next_frame()?.ok_or(Ended::InputOver)?;
        let Message::Data(bytes) = frame.message else {
            return Err(Ended::OutOfPlace("numbers were announced"));
        };
        if frame.job != job || bytes.len() as u64 > missing || !bytes.len().is_multiple_of(8) {
            return Err(Ended::OutOfPlace("these are not the numbers that were announced"));
        }
        missing -= bytes.len() as u64;
        sum += sum_of_bytes(&bytes);
    }
    Ok(sum)
}

/// A kernel whose name came over the wire.
enum AnyKernel {
    Integers(Integers),
    Memory(Memory),
    Pi(Pi),
    Primes(Primes),
}

impl AnyKernel {
    fn new(kernel: KernelName, terms: u64, data: bool) -> Result<Self, Error> {
        Ok(match kernel {
            KernelName::Integers => AnyKernel::Integers(Integers::new(terms)?),
            KernelName::Memory if data => AnyKernel::Memory(Memory::attach(data_file()?, terms)?),
            KernelName::Memory => AnyKernel::Memory(Memory::new(terms)?),
            KernelName::Pi => AnyKernel::Pi(Pi::new(terms)?),
            KernelName::Primes => AnyKernel::Primes(Primes::new(terms)?),
        })
    }

    fn mapped_anew(terms: u64) -> Result<Self, Error> {
        Ok(AnyKernel::Memory(Memory::attach_lazily(data_file()?, terms)?))
    }

    fn sum(&self, range: Range<u64>) -> u64 {
        match self {
            AnyKernel::Integers(kernel) => kernel.sum(range),
            AnyKernel::Memory(kernel) => kernel.sum(range),
            AnyKernel::Pi(kernel) => kernel.sum(range),
            AnyKernel::Primes(kernel) => kernel.sum(range),
        }
    }
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
        mend: "start workers from the program itself",
    })
}

#[cfg(not(unix))]
fn data_file() -> Result<Arc<File>, Error> {
    Err(Error::Refused {
        what: "the data of another process".to_owned(),
        cause: "this system passes no descriptors on".to_owned(),
        mend: "use another kernel with -k",
    })
}

/// The descriptor that holds the data in a worker.
#[cfg(unix)]
pub(crate) const DATA_DESCRIPTOR: i32 = 3;

/// Ends the worker when its parent ends, also in the middle of a sum.
///
/// The parent holds the other end of standard input. However the parent ends, even by `kill -9`, the
/// system closes that end. A worker that waits for a frame sees the end of its input by itself. For a
/// worker that is busy, a second thread waits for the hang-up. A short sum may still be finished;
/// then the thread takes the lock on standard input, which it gets only while a sum runs. What it still
/// reads there must be whole frames, up to the end.
///
/// It also looks at what comes during a long sum, so that nonsense is found out before the sum is done.
#[cfg(unix)]
mod lifeline {
    use std::sync::PoisonError;
    use std::time::Duration;
    use std::{io, process, thread};

    use rustix::event::{PollFd, PollFlags, Timespec, poll};

    use super::{Frame, INPUT_IS_OVER, READ_AHEAD, complain};

    /// How long a worker may go on once its parent has hung up.
    const GRACE: Duration = Duration::from_millis(300);

    /// So many frames are kept at most; more of them wait in the pipe.
    const MOST_AHEAD: usize = 4;

    /// Starts the second thread.
    pub(super) fn hold() {
        // Without the thread the worker still ends with its input, only later: after its sum.
        let _ = thread::Builder::new().name("lifeline".into()).spawn(|| {
            while !hangs_up() {
                thread::sleep(GRACE);
                read_ahead();
            }
            thread::sleep(GRACE);
            let over = INPUT_IS_OVER.lock().unwrap_or_else(PoisonError::into_inner);
            if *over {
                return; // The other thread has seen the end, and knows with what code to leave.
            }
            let mut input = io::stdin().lock();
            let code = loop {
                match Frame::read(&mut input) {
                    Ok(Some(_)) => {}
                    Ok(None) => break 0,
                    Err(unreadable) => break complain(&unreadable),
                }
            };
            process::exit(i32::from(code));
        });
    }

    /// Waits until something comes; whether it is the hang-up.
    fn hangs_up() -> bool {
        let input = io::stdin();
        let mut descriptors = [PollFd::new(&input, PollFlags::IN)];
        let told = poll(&mut descriptors, None);
        told.is_ok() && descriptors[0].revents().intersects(PollFlags::HUP | PollFlags::ERR)
    }

    /// Reads a frame that has come during a sum, and keeps it for later. Ends the worker at nonsense.
    fn read_ahead() {
        // Whoever waits for a frame has the lock, and reads what comes.
        let Ok(over) = INPUT_IS_OVER.try_lock() else { return };
        let mut kept = READ_AHEAD.lock().unwrap_or_else(PoisonError::into_inner);
        if *over || kept.len() >= MOST_AHEAD || !is_there() {
            return;
        }
        match Frame::read(&mut io::stdin().lock()) {
            Ok(frame) => kept.extend(frame),
            Err(unreadable) => process::exit(i32::from(complain(&unreadable))),
        }
    }

    /// Whether there is something to read just now.
    fn is_there() -> bool {
        let input = io::stdin();
        let mut descriptors = [PollFd::new(&input, PollFlags::IN)];
        let at_once = Timespec { tv_sec: 0, tv_nsec: 0 };
        let told = poll(&mut descriptors, Some(&at_once));
        told.is_ok() && descriptors[0].revents().contains(PollFlags::IN)
    }
}

/// Elsewhere the worker ends with its input after its sum.
#[cfg(not(unix))]
mod lifeline {
    pub(super) fn hold() {}
}

/// Ends the worker with its parent even if it is stopped, when no thread of its own can see the hang-up.
#[cfg(target_os = "linux")]
mod parent {
    use std::fs;
    use std::os::unix::fs::MetadataExt;
    use std::path::Path;

    use rustix::process::{Pid, Signal, getppid, set_parent_process_death_signal};

    /// Asks the system to kill this process when the thread ends that started it.
    ///
    /// Only where that is this very program, whose starting thread lives as long as the program: a
    /// worker that was started by hand, from a shell say, ends with its input and no sooner. Also
    /// takes the parent's name in lists of processes, which say `exe` otherwise.
    pub(super) fn end_with_it() {
        let file = |path: &str| fs::metadata(path).ok().map(|file| (file.dev(), file.ino()));
        let parent = getppid().map(Pid::as_raw_nonzero);
        let of_parent = parent.and_then(|parent| file(&format!("/proc/{parent}/exe")));
        if of_parent.is_some() && of_parent == file("/proc/self/exe") {
            // If it is refused, the lifeline alone has to hold.
            let _ = set_parent_process_death_signal(Some(Signal::KILL));
        }
        let name = std::env::args_os().next().unwrap_or_default();
        if let Some(name) = Path::new(&name).file_name() {
            let _ = fs::write("/proc/self/comm", name.as_encoded_bytes());
        }
    }
}

#[cfg(not(target_os = "linux"))]
mod parent {
    pub(super) fn end_with_it() {}
}
