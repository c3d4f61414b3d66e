use std::io::{self, BufRead, Read, Write};
use std::ops::Range;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use crate::system::Pipes;
use crate::{Error, Exit, Frame, Killer, Tail, Unreadable};

/// A child process under supervision.
///
/// What is written to it goes to its standard input, and what is read comes from its standard output;
/// [`send`](Child::send) and [`receive`](Child::receive) do so by the frame. What it writes to standard
/// error is collected meanwhile. Neither reading nor writing holds the caller once the child has ended, was
/// [killed](Killer), or has reached its [limit](Child::limit).
///
/// The child ends when this value does: its input is closed, it has its grace period to end by itself, and
/// then it is killed. It is always waited for.
#[derive(Debug)]
pub struct Child {
    id: u32,
    killer: Killer,
    grace: Duration,
    limit: Option<(Duration, Instant)>,
    pipes: Pipes,
    /// What has been read of its output, and which part of that was not asked for yet.
    buffer: Box<[u8]>,
    unread: Range<usize>,
    errors: Tail,
    /// How it ended, once it was waited for.
    exit: Option<Exit>,
}

/// How often a child that says nothing is looked at.
const LOOK: Duration = Duration::from_millis(50);

impl Child {
    /// Starts `command`, with all three of its streams piped, as the leader of a process group of its own.
    ///
    /// `grace` is how long it may take to end by itself once its input is closed.
    ///
    /// # Errors
    ///
    /// [`Error::NotStarted`] where the system refuses it, [`Error::Cancelled`] where `killer` was used.
    pub fn spawn(command: &mut Command, killer: &Killer, grace: Duration) -> Result<Self, Error> {
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let (id, streams) = killer.start(command)?;
        let pipes = Pipes::new(streams).map_err(|cause| {
            killer.reap();
            let program = command.get_program().to_string_lossy().into_owned();
            Error::NotStarted { program, cause }
        })?;
        Ok(Child {
            id,
            killer: killer.clone(),
            grace,
            limit: None,
            pipes,
            buffer: vec![0; 8 << 10].into(),
            unread: 0..0,
            errors: Tail::default(),
            exit: None,
        })
    }

    /// Its process number.
    pub fn id(&self) -> u32 {
        self.id
    }

    /// From now on the child may take as long as `most`. Then it is killed, and whoever reads or writes
    /// gets [`Error::TimedOut`].
    pub fn limit(&mut self, most: Duration) {
        // A limit beyond the reach of the clock is no limit.
        self.limit = Instant::now().checked_add(most).map(|deadline| (most, deadline));
    }

    /// Sends a frame.
    ///
    /// # Errors
    ///
    /// Where the child does not take it: why.
    pub fn send(&mut self, frame: &Frame) -> Result<(), Error> {
        frame.write(self).map_err(|cause| self.failure(&cause))
    }

    /// Receives the next frame.
    ///
    /// # Errors
    ///
    /// Where none comes: why. A child that sends something else is killed.
    pub fn receive(&mut self) -> Result<Frame, Error> {
        match Frame::read(self) {
            Ok(Some(frame)) => Ok(frame),
            Ok(None) => Err(self.failure(&io::ErrorKind::UnexpectedEof.into())),
            Err(Unreadable::Input(cause)) => Err(self.failure(&cause)),
            Err(nonsense) => {
                self.kill();
                Err(nonsense.into())
            }
        }
    }

    /// Whether it has sent more than was asked for, as far as that has been read.
    pub fn has_more(&self) -> bool {
        !self.unread.is_empty()
    }

    /// Closes its input, which asks it to end; does not wait.
    pub fn close_input(&mut self) {
        self.pipes.close_input();
    }

    /// Waits for its end, at most `within` a time and no longer than its [limit](Child::limit).
    pub fn wait(&mut self, within: Duration) -> Option<Exit> {
        let within = self.limit.map_or(within, |(_, limit)| within.min(left(limit)));
        self.exit.or_else(|| self.killer.wait(within))
    }

    /// Closes its input, gives it its grace period, and then kills what is left of it.
    pub fn end(&mut self) -> Exit {
        self.end_within(self.grace)
    }

    fn end_within(&mut self, grace: Duration) -> Exit {
        self.close_input();
        self.killer.wait(grace);
        self.kill()
    }

    /// Kills it, and what it has started, and reaps it. Only its streams stay as they are.
    pub fn kill(&mut self) -> Exit {
        if let Some(exit) = self.exit {
            return exit;
        }
        let exit = self.killer.reap();
        self.pipes.take_errors(&mut self.errors);
        *self.exit.insert(exit)
    }

    /// Why the child could not be written to, or read from: how it has ended, or is about to.
    ///
    /// A closed pipe says that the child is gone, and only its end says why. So this waits for that, for no
    /// longer than the grace period, and kills a child that stays.
    pub fn failure(&mut self, cause: &io::Error) -> Error {
        if let Some((limit, _)) = self.limit.filter(|_| cause.kind() == io::ErrorKind::TimedOut) {
            return Error::TimedOut(limit);
        }
        let stays = self.exit.is_none() && self.killer.wait(self.grace).is_none();
        let exit = self.kill();
        if stays { Error::OutputClosed } else { Error::Ended(exit) }
    }

    /// What it has written to standard error.
    pub fn errors(&self) -> &Tail {
        &self.errors
    }

    /// Reads all of its output, of which the first `most` bytes are kept, waits for its end, and reaps it.
    /// Each line of its standard error is given to `line` when it comes.
    ///
    /// # Errors
    ///
    /// [`Error::TimedOut`] at its limit.
    pub fn finish(
        &mut self,
        most: usize,
        mut line: impl FnMut(&str),
    ) -> Result<(Exit, Vec<u8>), Error> {
        let mut output = Vec::new();
        loop {
            let read = self.read_some().map_err(|cause| self.failure(&cause))?;
            self.errors.give_new_lines(&mut line);
            if read == Some(0) {
                break;
            }
            let bytes = &self.buffer[std::mem::take(&mut self.unread)];
            output.extend(&bytes[..bytes.len().min(most - output.len())]);
        }
        // One that has closed its output may go on, and may have more to say.
        while !self.check().map_err(|cause| self.failure(&cause))? {
            let within = LOOK.min(self.time_left());
            if !self.pipes.wait_for_errors(within, &mut self.errors) {
                self.killer.wait(within);
            }
            self.errors.give_new_lines(&mut line);
        }
        let exit = self.kill();
        self.errors.give_new_lines(&mut line);
        Ok((exit, output))
    }

    /// Reads into the buffer if nothing is left in it; gives the number of bytes there, 0 at the end, `None`
    /// where nothing has come for a while.
    fn read_some(&mut self) -> io::Result<Option<usize>> {
        if !self.unread.is_empty() {
            return Ok(Some(self.unread.len()));
        }
        let over = self.check()?;
        let within = if over { Pipes::ON_THEIR_WAY } else { LOOK.min(self.time_left()) };
        match self.pipes.read(&mut self.buffer, within, &mut self.errors) {
            Ok(length) => {
                self.unread = 0..length;
                Ok(Some(length))
            }
            // Others may hold its output open. From the child itself nothing comes any more.
            Err(empty) if empty.kind() == io::ErrorKind::WouldBlock && over => Ok(Some(0)),
            Err(error) => again(error).map(|()| None),
        }
    }

    /// Whether it has ended. Kills one that has not at its limit.
    fn check(&mut self) -> io::Result<bool> {
        if self.exit.is_some() || self.killer.peek().is_some() {
            return Ok(true);
        }
        if self.limit.is_some_and(|(_, limit)| Instant::now() >= limit) {
            self.kill();
            return Err(io::ErrorKind::TimedOut.into());
        }
        Ok(false)
    }

    fn time_left(&self) -> Duration {
        self.limit.map_or(Duration::MAX, |(_, limit)| left(limit))
    }
}

/// Ends many children in one grace period: all are asked before the first is waited for.
pub fn end_all<'c>(children: impl IntoIterator<Item = &'c mut Child>) {
    let mut children: Vec<&mut Child> = children.into_iter().collect();
    children.iter_mut().for_each(|child| child.close_input());
    let start = Instant::now();
    for child in children {
        child.end_within(child.grace.saturating_sub(start.elapsed()));
    }
}

impl Drop for Child {
    fn drop(&mut self) {
        self.end();
    }
}

impl Read for Child {
    fn read(&mut self, bytes: &mut [u8]) -> io::Result<usize> {
        let length = self.fill_buf()?.read(bytes)?;
        self.consume(length);
        Ok(length)
    }
}

impl BufRead for Child {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        while self.read_some()?.is_none() {}
        Ok(&self.buffer[self.unread.clone()])
    }

    fn consume(&mut self, length: usize) {
        self.unread.start += length;
    }
}

impl Write for Child {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        loop {
            let within = LOOK.min(self.time_left());
            match self.pipes.write(bytes, within, &mut self.errors) {
                Ok(length) => return Ok(length),
                Err(error) => again(error)?,
            }
            // Others may hold its input open, and nobody reads it any more.
            if self.check()? {
                return Err(io::ErrorKind::BrokenPipe.into());
            }
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Nothing, where a call is worth repeating.
fn again(error: io::Error) -> io::Result<()> {
    match error.kind() {
        io::ErrorKind::WouldBlock | io::ErrorKind::Interrupted => Ok(()),
        _ => Err(error),
    }
}

fn left(deadline: Instant) -> Duration {
    deadline.saturating_duration_since(Instant::now())
}
