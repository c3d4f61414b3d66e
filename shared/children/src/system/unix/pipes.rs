use std::io::{self, Read, Write};
use std::process::{ChildStderr, ChildStdin, ChildStdout};
use std::time::Duration;

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::io::ioctl_fionbio;

use crate::Tail;
use crate::killer::Streams;

/// The pipes, in a mode in which no call on them waits; what waits is `poll`, for all of them at once and
/// for a limited time. The child's ends stay as every program expects them.
#[derive(Debug)]
pub(crate) struct Pipes {
    input: Option<ChildStdin>,
    output: Option<ChildStdout>,
    errors: Option<ChildStderr>,
}

/// As much as a pipe holds.
const BUFFER: usize = 64 << 10;

impl Pipes {
    /// How long the last bytes of a child that has ended may be on their way: they lie in the pipe.
    pub(crate) const ON_THEIR_WAY: Duration = Duration::ZERO;

    pub(crate) fn new((input, output, errors): Streams) -> io::Result<Self> {
        input.iter().try_for_each(|pipe| ioctl_fionbio(pipe, true))?;
        output.iter().try_for_each(|pipe| ioctl_fionbio(pipe, true))?;
        errors.iter().try_for_each(|pipe| ioctl_fionbio(pipe, true))?;
        Ok(Pipes { input, output, errors })
    }

    pub(crate) fn close_input(&mut self) {
        self.input = None;
    }

    /// Writes some bytes to the child's input. Where it takes none `within` a time, the error is
    /// [`io::ErrorKind::WouldBlock`].
    pub(crate) fn write(
        &mut self,
        bytes: &[u8],
        within: Duration,
        tail: &mut Tail,
    ) -> io::Result<usize> {
        let input = self.input.as_mut().ok_or(io::ErrorKind::BrokenPipe)?;
        match input.write(bytes) {
            Err(full) if full.kind() == io::ErrorKind::WouldBlock => {}
            done => return done,
        }
        let mut waiting = vec![PollFd::new(input, PollFlags::OUT)];
        waiting.extend(self.errors.as_ref().map(|errors| PollFd::new(errors, PollFlags::IN)));
        wait(&mut waiting, within)?;
        self.take_errors(tail);
        Err(io::ErrorKind::WouldBlock.into())
    }

    /// Reads some bytes of the child's output; 0 at its end. Where none come `within` a time, the error is
    /// [`io::ErrorKind::WouldBlock`].
    pub(crate) fn read(
        &mut self,
        buffer: &mut [u8],
        within: Duration,
        tail: &mut Tail,
    ) -> io::Result<usize> {
        let Some(output) = &mut self.output else { return Ok(0) };
        match output.read(buffer) {
            Err(empty) if empty.kind() == io::ErrorKind::WouldBlock => {}
            Ok(0) => {
                self.output = None;
                return Ok(0);
            }
            done => return done,
        }
        let mut waiting = vec![PollFd::new(output, PollFlags::IN)];
        waiting.extend(self.errors.as_ref().map(|errors| PollFd::new(errors, PollFlags::IN)));
        wait(&mut waiting, within)?;
        self.take_errors(tail);
        Err(io::ErrorKind::WouldBlock.into())
    }

    /// Waits `within` a time for more on the child's standard error; whether there can be more.
    pub(crate) fn wait_for_errors(&mut self, within: Duration, tail: &mut Tail) -> bool {
        if let Some(errors) = &self.errors {
            let _ = wait(&mut [PollFd::new(errors, PollFlags::IN)], within);
        }
        self.take_errors(tail);
        self.errors.is_some()
    }

    /// Takes what is there of the child's standard error, which is at most what a pipe holds: a child that
    /// floods it holds nobody here.
    pub(crate) fn take_errors(&mut self, tail: &mut Tail) {
        let Some(errors) = &mut self.errors else { return };
        let mut buffer = [0; BUFFER];
        match errors.read(&mut buffer) {
            Ok(length @ 1..) => tail.push(&buffer[..length]),
            Err(empty) if empty.kind() == io::ErrorKind::WouldBlock => {}
            Ok(0) | Err(_) => self.errors = None,
        }
    }
}

/// Waits until something can be done, or the time has passed, or a signal has come.
fn wait(descriptors: &mut [PollFd<'_>], within: Duration) -> io::Result<()> {
    // A time that is too long for the system is none of ours.
    let within = Timespec::try_from(within).ok();
    match poll(descriptors, within.as_ref()) {
        Ok(_) | Err(rustix::io::Errno::INTR) => Ok(()),
        Err(cause) => Err(cause.into()),
    }
}
