//! What the system does: a call, a byte through a pipe and back, a process.

use std::env;
use std::io::{self, PipeReader, PipeWriter, Read, Write, pipe};
use std::process::{Child, Command, ExitCode, Stdio};
use std::thread::Builder;

use measure::{Error, time};

use super::probe::{Group::System as OfSystem, NoPrice, Probe, each, many};
use crate::system::{Here, System};

pub(crate) static SYSTEM_CALL: Probe =
    Probe::new(OfSystem, "system call", "the number of the parent process", || {
        const NONE: NoPrice = NoPrice::Because("std has no call for that here");
        many(Here::CALL.ok_or(NONE)?)
    });

pub(super) static PIPE: Probe =
    Probe::new(OfSystem, "pipe to a thread and back", "a byte each way", || {
        let [theirs, ours] = pipes().map_err(|cause| refused("two pipes", &cause))?;
        // It ends when our ends are closed.
        let thread = Builder::new().spawn(move || echo(theirs.0, theirs.1));
        thread.map_err(|cause| Error::no_thread(1, &cause))?;
        let (mut from, mut to) = ours;
        each(move || round_trip(&mut to, &mut from))
    });

/// The ends of two pipes: where to read from and where to write to, for one side and for the other.
fn pipes() -> io::Result<[(PipeReader, PipeWriter); 2]> {
    let ((theirs, to), (from, back)) = (pipe()?, pipe()?);
    Ok([(theirs, back), (from, to)])
}

/// Sends back each byte that comes, until no more come.
fn echo(mut from: impl Read, mut to: impl Write) -> io::Result<()> {
    let mut byte = [0];
    while from.read(&mut byte)? > 0 {
        to.write_all(&byte)?;
        to.flush()?;
    }
    Ok(())
}

fn round_trip(to: &mut impl Write, from: &mut impl Read) -> Result<f64, Error> {
    const TRIPS: u32 = 20;
    let (done, taken) = time(|| {
        (0..TRIPS).try_for_each(|_| {
            to.write_all(&[1])?;
            from.read_exact(&mut [0])
        })
    });
    done.map_err(|cause| refused("a byte through a pipe", &cause))?;
    Ok(taken.as_secs_f64() / f64::from(TRIPS))
}

pub(super) static CHILD_PIPE: Probe =
    Probe::new(OfSystem, "pipe to a process and back", "a byte each way", || {
        let mut child = EchoingChild::start().map_err(|cause| Error::no_process(1, &cause))?;
        each(move || child.round_trip())
    });

/// A process that sends back each byte. It ends when nobody is left who could send one.
struct EchoingChild(Child);

impl EchoingChild {
    fn start() -> io::Result<Self> {
        let mut command = itself(ECHO)?;
        Ok(EchoingChild(command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn()?))
    }

    fn round_trip(&mut self) -> Result<f64, Error> {
        const PIPED: &str = "both were asked for";
        let (to, from) = (self.0.stdin.as_mut(), self.0.stdout.as_mut());
        round_trip(to.expect(PIPED), from.expect(PIPED))
    }
}

impl Drop for EchoingChild {
    fn drop(&mut self) {
        // This closes its input, too.
        let _ = self.0.wait();
    }
}

pub(super) static PROCESS: Probe =
    Probe::new(OfSystem, "start a process and wait", "this program, which ends at once", || {
        let refused = |cause| Error::no_process(1, &cause);
        let mut command = itself(NOTHING).map_err(refused)?;
        command.stdin(Stdio::null()).stdout(Stdio::null());
        each(move || {
            let (status, spent) = time(|| command.status());
            status.map_err(refused)?;
            Ok(spent.as_secs_f64())
        })
    });

/// The arguments that make this program the other process of a probe.
const NOTHING: &str = "--nothing";
const ECHO: &str = "--echo";

/// This program once more, as the other process.
fn itself(argument: &str) -> io::Result<Command> {
    let mut command = Command::new(env::current_exe()?);
    command.arg(argument).stderr(Stdio::null());
    Ok(command)
}

/// What this program does as the other process of a probe; `None` where it was started by a person.
pub fn as_other_process() -> Option<ExitCode> {
    let argument = env::args_os().nth(1)?;
    if argument == ECHO {
        // A pipe that breaks is an end like any other.
        let _ = echo(io::stdin().lock(), io::stdout().lock());
        return Some(ExitCode::SUCCESS);
    }
    (argument == NOTHING).then_some(ExitCode::SUCCESS)
}

fn refused(what: &str, cause: &io::Error) -> Error {
    Error::Refused {
        what: what.to_owned(),
        cause: cause.to_string(),
        remedy: "close files, or raise the limit (ulimit -n)",
    }
}
