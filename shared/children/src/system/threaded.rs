use std::io::{self, Read, Write};
use std::process::ChildStdin;
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, sync_channel};
use std::thread;
use std::time::{Duration, Instant};

use crate::Tail;
use crate::killer::Streams;

/// The pipes where a system cannot wait for several of them: a thread reads each of the two outputs.
///
/// Writing still waits for the child. What frees it there is the end of the child.
#[derive(Debug)]
pub(crate) struct Pipes {
    input: Option<ChildStdin>,
    came: Receiver<Came>,
    /// Output that has come and was not asked for yet.
    output: Vec<u8>,
    /// Which of the two may still bring something: output, errors.
    open: [bool; 2],
}

#[derive(Debug)]
enum Came {
    Output(Vec<u8>),
    Errors(Vec<u8>),
}

/// How many chunks may wait, and how long each may be: more of them wait in the pipe.
const CHUNKS: usize = 8;
const CHUNK: usize = 8 << 10;

impl Pipes {
    /// How long the last bytes of a child that has ended may be on their way from a pipe through a thread. A thread
    /// that comes to their end says so; the whole of this is waited for only where others hold the pipe open.
    pub(crate) const ON_THEIR_WAY: Duration = Duration::from_secs(1);

    pub(crate) fn new((input, output, errors): Streams) -> io::Result<Self> {
        let (send, came) = sync_channel(CHUNKS);
        let open = [output.is_some(), errors.is_some()];
        output.map(|output| read_all(output, send.clone(), Came::Output)).transpose()?;
        errors.map(|errors| read_all(errors, send, Came::Errors)).transpose()?;
        Ok(Pipes { input, came, output: Vec::new(), open })
    }

    pub(crate) fn close_input(&mut self) {
        self.input = None;
    }

    pub(crate) fn write(
        &mut self,
        bytes: &[u8],
        _within: Duration,
        _errors: &mut Tail,
    ) -> io::Result<usize> {
        self.input.as_mut().ok_or(io::ErrorKind::BrokenPipe)?.write(bytes)
    }

    pub(crate) fn read(
        &mut self,
        buffer: &mut [u8],
        within: Duration,
        errors: &mut Tail,
    ) -> io::Result<usize> {
        let begin = Instant::now();
        let left = || within.saturating_sub(begin.elapsed());
        while self.output.is_empty() && self.open[0] && self.take(left(), errors) {}
        let length = self.output.len().min(buffer.len());
        buffer[..length].copy_from_slice(&self.output[..length]);
        self.output.drain(..length);
        if length == 0 && self.open[0] { Err(io::ErrorKind::WouldBlock.into()) } else { Ok(length) }
    }

    pub(crate) fn wait_for_errors(&mut self, within: Duration, errors: &mut Tail) -> bool {
        if self.open[1] {
            self.take(within, errors);
        }
        self.open[1]
    }

    /// Takes what the child has said last, some of which may still be on its way through the threads.
    pub(crate) fn take_errors(&mut self, errors: &mut Tail) {
        while self.open[1] && self.take(Pipes::ON_THEIR_WAY, errors) {}
    }

    /// Takes one chunk that comes `within` a time, of either output; whether one came.
    fn take(&mut self, within: Duration, errors: &mut Tail) -> bool {
        match self.came.recv_timeout(within) {
            Ok(Came::Output(bytes)) if bytes.is_empty() => self.open[0] = false,
            Ok(Came::Output(bytes)) => self.output.extend(bytes),
            Ok(Came::Errors(bytes)) if bytes.is_empty() => self.open[1] = false,
            Ok(Came::Errors(bytes)) => errors.push(&bytes),
            Err(RecvTimeoutError::Timeout) => return false,
            Err(RecvTimeoutError::Disconnected) => self.open = [false; 2],
        }
        true
    }
}

/// Sends what comes, and an empty chunk at the end. The thread ends with the stream, or once nobody
/// receives any more.
fn read_all(
    mut stream: impl Read + Send + 'static,
    send: SyncSender<Came>,
    came: fn(Vec<u8>) -> Came,
) -> io::Result<()> {
    let read = move || {
        let mut chunk = [0; CHUNK];
        loop {
            let length = match stream.read(&mut chunk) {
                Err(again) if again.kind() == io::ErrorKind::Interrupted => continue,
                read => read.unwrap_or(0),
            };
            if send.send(came(chunk[..length].to_vec())).is_err() || length == 0 {
                return;
            }
        }
    };
    thread::Builder::new().name("child's output".to_owned()).spawn(read).map(drop)
}
