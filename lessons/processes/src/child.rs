use std::collections::VecDeque;
use std::ops::Range;
use std::time::{Duration, Instant};

use children::{Killer, PASSES_FILES};
use kernels::{Event, Kernel, Span, Spec, WorkerId};
use measure::{Context, Error, Registration};

use crate::frame::Message;
use crate::{Fault, start};

/// How long a child may take to end once its input is closed. One that is still busy is not waited for.
const GRACE: Duration = Duration::from_millis(200);

/// The parent's view of one worker process.
///
/// The child is this very program, started again. It ends when this value is dropped.
#[derive(Debug)]
pub struct Child {
    number: usize,
    /// The kernel that it makes, and that a fresh worker in its place makes.
    spec: Spec,
    /// The number of the last request.
    job: u64,
    /// What was asked and not yet answered, and when.
    open: VecDeque<(u64, Instant)>,
    process: children::Child,
    context: Context,
    _killed_on_cancel: Registration,
}

/// A child's answer.
#[derive(Debug, Clone)]
pub struct Answer<P> {
    /// The sum of the range that it was asked for.
    pub sum: P,
    /// How long the child was busy.
    pub busy: Duration,
}

impl Child {
    /// Starts worker `number` and tells it which kernel to make; does not wait until it has.
    ///
    /// # Errors
    ///
    /// Where the system refuses a process.
    pub fn start(number: usize, spec: &Spec, context: &Context) -> Result<Self, Error> {
        let killer = Killer::of_group();
        let killed_on_cancel = context.on_cancel({
            let killer = killer.clone();
            move || killer.kill()
        });
        let refused = |cause| Error::no_process(number, &cause);
        let mut command = start::command(spec).map_err(refused)?;
        let process = {
            let _core = context.pin_child(number);
            children::Child::spawn(&mut command, &killer, GRACE)
        };
        let process = process.map_err(|error| match error {
            children::Error::NotStarted { cause, .. } => refused(cause),
            cancelled => failed(format!("worker {number}"), cancelled.to_string()),
        })?;
        let (spec, context) = (spec.clone(), context.clone());
        let (job, open) = (0, VecDeque::new());
        let mut child = Child {
            number,
            spec,
            job,
            open,
            process,
            context,
            _killed_on_cancel: killed_on_cancel,
        };
        // Where descriptors cannot be passed on, the child makes the numbers itself.
        let data = PASSES_FILES && child.spec.data.is_some();
        let (kernel, terms) = (child.spec.kernel, child.spec.terms);
        // If it has ended already, whoever waits until it is ready learns how.
        let _ = child.send(&Message::Spec { kernel, terms, data });
        Ok(child)
    }

    /// Starts a fresh worker in the place of this one, which was lost; does not wait until it is ready.
    ///
    /// # Errors
    ///
    /// Where the system refuses a process.
    pub(crate) fn start_again(&mut self) -> Result<(), Error> {
        *self = Child::start(self.number, &self.spec, &self.context)?;
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
            _ => Err(self.failed("it answered before it was asked")),
        }
    }

    /// Sends a request.
    ///
    /// # Errors
    ///
    /// Where the child does not take it.
    pub fn request(&mut self, message: Message) -> Result<(), Error> {
        self.job += 1;
        self.send(&message)
    }

    /// Tells the worker to do something else at the next request: this is for tests and for the lesson
    /// about faults.
    ///
    /// # Errors
    ///
    /// Where the child does not take it.
    pub fn misbehave(&mut self, fault: Fault) -> Result<(), Error> {
        let sent = Message::Misbehave(fault).write(self.job, &mut self.process);
        sent.map_err(|cause| self.lost(&cause))
    }

    /// Sends numbers that a request has announced.
    ///
    /// # Errors
    ///
    /// Where the child does not take them.
    pub fn send_numbers(&mut self, numbers: &[u64]) -> Result<(), Error> {
        let sent = Message::write_data(self.job, numbers, &mut self.process);
        sent.map_err(|cause| self.lost(&cause))
    }

    /// Waits for the answer to the oldest open request; `kernel` records who summed `range`, and when.
    ///
    /// # Errors
    ///
    /// Where the child ends, answers nonsense, or answers another question.
    pub fn answer<K: Kernel>(
        &mut self,
        kernel: &K,
        range: Range<u64>,
    ) -> Result<Answer<K::Partial>, Error> {
        let (message, asked) = self.receive()?;
        let Message::Answer { range: answered, sum, busy } = message else {
            return Err(self.failed("it sent something that is no answer"));
        };
        if answered != range {
            return Err(self.failed("it answered for another range"));
        }
        let Some(sum) = kernel.decode(&sum) else {
            let made_by = if kernel.spec().kernel.is_yours() {
                ": see `encode` and `decode` in yours/src/lib.rs"
            } else {
                ""
            };
            let cause = format!("it sent bytes that are no partial of this kernel{made_by}");
            return Err(self.failed(cause));
        };
        if self.open.is_empty() && self.process.has_more() {
            return Err(self.failed("it sent more than its answer"));
        }
        let busy = Duration::from_nanos(busy);
        // Counted from the request: the answer may have waited in its pipe for this parent.
        let (worker, end) = (WorkerId::Process(self.process.id()), asked + busy);
        kernel.record(Event::Summed(Span { worker, range, start: asked, end }));
        Ok(Answer { sum, busy })
    }

    fn send(&mut self, message: &Message) -> Result<(), Error> {
        let sent = message.write(self.job, &mut self.process);
        self.open.push_back((self.job, Instant::now()));
        sent.map_err(|cause| self.lost(&cause))
    }

    /// The answer to the oldest open request, and when that was sent.
    fn receive(&mut self) -> Result<(Message, Instant), Error> {
        let (expected, asked) = self.open.pop_front().expect("nobody waits for what was not asked");
        let frame = self.process.receive().map_err(|error| self.failed(error))?;
        if frame.job != expected {
            return Err(self.failed("it answered another request"));
        }
        Ok((Message::of(frame).map_err(|nonsense| self.failed(nonsense))?, asked))
    }

    /// The error of a child that takes nothing any more: how it ended says why.
    fn lost(&mut self, cause: &std::io::Error) -> Error {
        let error = self.process.failure(cause);
        self.failed(error)
    }

    /// The error of this child, with the first line of its standard error. It is killed if it still runs.
    fn failed(&mut self, cause: impl ToString) -> Error {
        self.process.kill();
        let said = self.process.errors().first_line();
        let said = said.map(|line| format!(" ({line})")).unwrap_or_default();
        let worker = format!("worker {} (process {})", self.number, self.process.id());
        failed(worker, cause.to_string() + &said)
    }
}

fn failed(worker: String, cause: String) -> Error {
    Error::Worker {
        worker,
        cause,
        remedy: "run it again; if it fails again, look at what ended it",
    }
}

/// Ends all of them in one grace period.
pub(crate) fn end_all(children: &mut [Child]) {
    children::end_all(children.iter_mut().map(|child| &mut child.process));
}
