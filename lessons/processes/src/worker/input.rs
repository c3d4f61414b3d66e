use std::collections::VecDeque;
use std::io::{self, BufReader, Stdin};
use std::sync::{LazyLock, Mutex, MutexGuard, PoisonError, TryLockError};

use super::Ended;
use super::order::Order;
use crate::frame::{Frame, LONGEST_BODY, Message};

/// Standard input, as far as it was read.
///
/// Two threads read: the one that answers, and the [lifeline](super::lifeline). The lock is held while a
/// frame is read, and not while a sum runs.
#[derive(Debug)]
pub(super) struct Input {
    /// Bytes that have come, and are no frame yet. The standard library has a buffer of its own, into
    /// which nobody can look; a read that is larger than that one passes it by.
    bytes: BufReader<Stdin>,
    /// What may come next.
    order: Order,
    /// Whether it has come to its end, or to nonsense.
    over: bool,
    /// Frames that came during a sum, and were read then.
    ahead: VecDeque<Frame>,
    /// How many bytes of numbers are among them.
    numbers_ahead: usize,
}

/// Larger than the buffer of the standard library, and as large as a pipe.
const BUFFER: usize = 64 << 10;

static INPUT: LazyLock<Mutex<Input>> = LazyLock::new(|| {
    let bytes = BufReader::with_capacity(BUFFER, io::stdin());
    let order = Order::default();
    Mutex::new(Input { bytes, order, over: false, ahead: VecDeque::new(), numbers_ahead: 0 })
});

/// So many frames are read ahead at most, and so many bytes of numbers; more of them wait in the pipe.
const MOST_AHEAD: usize = 10_000;
const MOST_NUMBERS_AHEAD: usize = 4 * LONGEST_BODY;

/// The next frame, for the thread that answers; `None` at the end.
pub(super) fn next_frame() -> Result<Option<Frame>, Ended> {
    let mut input = lock();
    if let Some(frame) = input.ahead.pop_front() {
        input.numbers_ahead -= numbers(&frame);
        return Ok(Some(frame));
    }
    let frame = input.read();
    input.over = !matches!(frame, Ok(Some(_)));
    frame
}

/// Waits until nobody reads.
pub(super) fn lock() -> MutexGuard<'static, Input> {
    INPUT.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The input, if nobody reads just now.
#[cfg(unix)]
pub(super) fn try_lock() -> Option<MutexGuard<'static, Input>> {
    match INPUT.try_lock() {
        Ok(input) => Some(input),
        Err(TryLockError::Poisoned(poisoned)) => Some(poisoned.into_inner()),
        Err(TryLockError::WouldBlock) => None,
    }
}

fn numbers(frame: &Frame) -> usize {
    if let Message::Data(bytes) = &frame.message { bytes.len() } else { 0 }
}

impl Input {
    /// Reads a frame that may come here; `None` at the end.
    fn read(&mut self) -> Result<Option<Frame>, Ended> {
        let frame = Frame::read(&mut self.bytes)?;
        frame.as_ref().map_or(Ok(()), |frame| self.order.check(frame))?;
        Ok(frame)
    }

    /// Whether the thread that answers has seen the end, or nonsense, and knows with what code to leave.
    pub(super) fn is_over(&self) -> bool {
        self.over
    }

    /// Whether one more frame may be read ahead.
    pub(super) fn has_room(&self) -> bool {
        !self.over && self.ahead.len() < MOST_AHEAD && self.numbers_ahead < MOST_NUMBERS_AHEAD
    }

    /// Whether bytes have been read that are no frame yet.
    pub(super) fn has_bytes(&self) -> bool {
        !self.bytes.buffer().is_empty()
    }

    /// Reads a frame, and keeps it for later.
    pub(super) fn read_ahead(&mut self) -> Result<(), Ended> {
        let frame = self.read()?;
        self.numbers_ahead += frame.as_ref().map_or(0, numbers);
        self.ahead.extend(frame);
        Ok(())
    }

    /// Reads what is left, which nobody will answer; it must be whole frames in their places.
    pub(super) fn read_to_the_end(&mut self) -> Result<(), Ended> {
        while self.read()?.is_some() {}
        Ok(())
    }
}
