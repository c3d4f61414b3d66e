use std::collections::VecDeque;
use std::io::{self, BufReader, Read};
use std::ops::Range;
use std::process::{ChildStdin, ChildStdout, ExitStatus};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use course::signals;
use kernels::{Event, Kernel, Span, Spec, WorkerId};
use measure::{Error, cleanup};
use wait_timeout::ChildExt;

use crate::frame::{Frame, Message};
use crate::{Fault, start};

/// How long a child may take to end once its input is closed. One that is still busy is not waited for.
pub(crate) const FAREWELL: Duration = Duration::from_millis(200);

/// How much of a failed child's standard error is read.
const LAST_WORDS: u64 = 2000;

/// The parent's view of one worker process.
///
/// The child is this very program, started again. It ends when this value is dropped: its input is
/// closed, and if that is not enough, it is killed. Nobody is left behind.
#[derive(Debug)]
pub struct Child {
    number: usize,
    /// What it was told to make; a fresh worker in its place is told the same.
    spec: Spec,
    id: u32,
    /// The number of the last request.
    job: u64,
    /// What was asked and not yet answered, and when.
    open: VecDeque<(u64, Instant)>,
    process: Arc<Mutex<std::process::Child>>,
    input: Option<ChildStdin>,
    output: BufReader<ChildStdout>,
    _killed_at_the_end: cleanup::Entry,
}

/// A child's answer, and when it came.
#[derive(Debug, Clone)]
pub struct Answer {
    /// The sum of the range that it was asked for.
    pub sum: u64,
    /// How long the child was busy.
    pub busy: Duration,
}

impl Child {
    /// Starts worker `number` and tells it which kernel to make; does not wait until it has.
    ///
    /// # Errors
    ///
    /// Where the system refuses a process.
    pub fn start(number: usize, spec: &Spec) -> Result<Self, Error> {
        let mut process =
            start::start(number, spec).map_err(|cause| Error::no_process(number, &cause))?;
        let (input, output) = (process.stdin.take(), process.stdout.take());
        let id = process.id();
        let process = Arc::new(Mutex::new(process));
        let to_kill = Arc::clone(&process);
        let _killed_at_the_end = cleanup::register(move || {
            // It may have ended by itself, and that is just as well.
            let _ = locked(&to_kill).kill();
        });
        let output = BufReader::new(output.expect("standard output is piped"));
        let mut child = Child {
            number,
            spec: spec.clone(),
            id,
            job: 0,
            open: VecDeque::new(),
            process,
            input,
            output,
            _killed_at_the_end,
        };
        // Where descriptors cannot be passed on, the child makes the numbers itself.
        let data = cfg!(unix) && spec.data.is_some();
        // If it has ended already, whoever waits for its word learns how.
        let _ = child.send(Message::Spec { kernel: spec.kernel, terms: spec.terms, data });
        Ok(child)
    }

    /// Starts a fresh worker in the place of this one, which was lost; does not wait until it is ready.
    ///
    /// # Errors
    ///
    /// Where the system refuses a process.
    pub(crate) fn start_again(&mut self) -> Result<(), Error> {
        *self = Child::start(self.number, &self.spec)?;
        Ok(())
    }

    /// Waits until the worker has made its kernel.
    ///
    /// # Errors
    ///
    /// Where the child ends or answers nonsense instead.
    pub fn wait_until_ready(&mut self) -> Result<(), Error> {
        match self.receive()? {
            (Message::Ready, _) => Ok(()),
            _ => Err(self.failed("it answered before it was asked".to_owned())),
        }
    }

    /// Sends a request.
    ///
    /// # Errors
    ///
    /// Where the child does not take it.
    pub fn request(&mut self, message: Message) -> Result<(), Error> {
        self.job += 1;
        self.send(message).map_err(|_| self.failed_or_ended())
    }

    /// Tells the worker to do something else at the next request: this is for tests and for the lesson
    /// about faults.
    ///
    /// # Errors
    ///
    /// Where the child does not take it.
    pub fn misbehave(&mut self, fault: Fault) -> Result<(), Error> {
        let frame = Frame { job: self.job, message: Message::Misbehave(fault) };
        frame.write(self.input()).map_err(|_| self.failed_or_ended())
    }

    /// Sends numbers that a request has announced.
    ///
    /// # Errors
    ///
    /// Where the child does not take them.
    pub fn send_numbers(&mut self, numbers: &[u64]) -> Result<(), Error> {
        let job = self.job;
        Frame::write_data(job, numbers, self.input()).map_err(|_| self.failed_or_ended())
    }

    /// Waits for the answer to the oldest open request, and tells `kernel` who summed `range`, and when.
    ///
    /// # Errors
    ///
    /// Where the child ends, answers nonsense, or answers another question.
    pub fn answer<K: Kernel>(&mut self, kernel: &K, range: Range<u64>) -> Result<Answer, Error> {
        let (message, asked) = self.receive()?;
        let Message::Answer { range: answered, sum, busy } = message else {
            return Err(self.failed("it sent something that is no answer".to_owned()));
        };
        if answered != range {
            return Err(self.failed("it answered for another range".to_owned()));
        }
        if self.open.is_empty() && !self.output.buffer().is_empty() {
            return Err(self.failed("it sent more than its answer".to_owned()));
        }
        let busy = Duration::from_nanos(busy);
        // Reckoned from the request: the answer may have waited in its pipe for this parent.
        let (worker, end) = (WorkerId::Process(self.id), asked + busy);
        kernel.record(Event::Summed(Span { worker, range, start: asked, end }));
        Ok(Answer { sum, busy })
    }

    fn input(&mut self) -> &mut ChildStdin {
        self.input.as_mut().expect("the input is open until the child is ended")
    }

    fn send(&mut self, message: Message) -> io::Result<()> {
        let sent = Frame { job: self.job, message }.write(self.input());
        self.open.push_back((self.job, Instant::now()));
        sent
    }

    /// The answer to the oldest open request, and when that was sent.
    fn receive(&mut self) -> Result<(Message, Instant), Error> {
        let (expected, asked) = self.open.pop_front().expect("nobody waits for what was not asked");
        match Frame::read(&mut self.output) {
            Ok(Some(frame)) if frame.job == expected => Ok((frame.message, asked)),
            Ok(Some(_)) => Err(self.failed("it answered another request".to_owned())),
            Ok(None) => Err(self.failed_or_ended()),
            Err(unreadable) => Err(self.failed(unreadable.to_string())),
        }
    }

    /// The error of a child that closed its pipes: how it ended says why.
    fn failed_or_ended(&mut self) -> Error {
        let status = locked(&self.process).wait_timeout(FAREWELL).ok().flatten();
        let cause = status.map_or_else(|| "it closed its output".to_owned(), how_it_ended);
        self.failed(cause)
    }

    /// The error of this child, with its last words if it had any. It is killed if it still runs.
    fn failed(&mut self, cause: String) -> Error {
        let mut process = locked(&self.process);
        let _ = process.kill();
        let mut words = Vec::new();
        if let Some(errors) = process.stderr.take() {
            // The child is dead, so its pipe ends; what cannot be read cannot be told.
            let _ = errors.take(LAST_WORDS).read_to_end(&mut words);
        }
        let words = String::from_utf8_lossy(&words);
        let told = words.lines().next().map(|line| format!(" ({line})")).unwrap_or_default();
        Error::Worker {
            worker: format!("worker {} (process {})", self.number, self.id),
            cause: format!("{cause}{told}"),
            remedy: "run it again; if it fails again, look at what ended it",
        }
    }
}

impl Child {
    /// Closes the child's input, which tells it to end; does not wait.
    pub(crate) fn hang_up(&mut self) {
        drop(self.input.take());
    }

    /// Waits until `deadline` for the child to end, and kills it then.
    pub(crate) fn end_by(&mut self, deadline: Instant) {
        self.hang_up();
        let mut process = locked(&self.process);
        let left = deadline.saturating_duration_since(Instant::now());
        if !matches!(process.wait_timeout(left), Ok(Some(_))) {
            // A busy, a stopped or a stubborn child: no process outlives SIGKILL.
            let _ = process.kill();
            let _ = process.wait();
        }
    }
}

impl Drop for Child {
    fn drop(&mut self) {
        self.end_by(Instant::now() + FAREWELL);
    }
}

fn locked(process: &Mutex<std::process::Child>) -> MutexGuard<'_, std::process::Child> {
    process.lock().unwrap_or_else(PoisonError::into_inner)
}

fn how_it_ended(status: ExitStatus) -> String {
    match signals::that_ended(status) {
        Some(signal) => format!("it was killed by {signal}"),
        None => format!("it ended with exit status {}", status.code().unwrap_or_default()),
    }
}
