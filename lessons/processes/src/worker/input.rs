use std::collections::VecDeque;
use std::io;
use std::sync::{Mutex, MutexGuard, PoisonError, TryLockError};

use crate::frame::{Frame, Unreadable};

/// Standard input, as far as it was read.
///
/// Two threads read: the one that answers, and the [lifeline](super::lifeline). The lock is held while a
/// frame is read, and not while a sum runs.
#[derive(Debug)]
pub(super) struct Input {
    /// Whether it has come to its end, or to nonsense.
    over: bool,
    /// Frames that came during a sum, and were read then.
    ahead: VecDeque<Frame>,
}

static INPUT: Mutex<Input> = Mutex::new(Input { over: false, ahead: VecDeque::new() });

/// So many frames are read ahead at most; more of them wait in the pipe.
const MOST_AHEAD: usize = 4;

/// The next frame, for the thread that answers; `None` at the end.
pub(super) fn next_frame() -> Result<Option<Frame>, Unreadable> {
    let mut input = lock();
    if let Some(frame) = input.ahead.pop_front() {
        return Ok(Some(frame));
    }
    let frame = Frame::read(&mut io::stdin().lock());
    input.over = !matches!(frame, Ok(Some(_)));
    frame
}

/// Waits until nobody reads.
pub(super) fn lock() -> MutexGuard<'static, Input> {
    INPUT.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The input, if nobody reads just now.
pub(super) fn try_lock() -> Option<MutexGuard<'static, Input>> {
    match INPUT.try_lock() {
        Ok(input) => Some(input),
        Err(TryLockError::Poisoned(poisoned)) => Some(poisoned.into_inner()),
        Err(TryLockError::WouldBlock) => None,
    }
}

impl Input {
    /// Whether the thread that answers has seen the end, or nonsense, and knows with what code to leave.
    pub(super) fn is_over(&self) -> bool {
        self.over
    }

    /// Whether one more frame may be read ahead.
    pub(super) fn has_room(&self) -> bool {
        !self.over && self.ahead.len() < MOST_AHEAD
    }

    /// Reads a frame, and keeps it for later.
    pub(super) fn read_ahead(&mut self) -> Result<(), Unreadable> {
        let frame = Frame::read(&mut io::stdin().lock())?;
        self.ahead.extend(frame);
        Ok(())
    }

    /// Reads what is left, which nobody will answer; it must be whole frames.
    pub(super) fn read_to_the_end(&mut self) -> Result<(), Unreadable> {
        let mut input = io::stdin().lock();
        while Frame::read(&mut input)?.is_some() {}
        Ok(())
    }
}
