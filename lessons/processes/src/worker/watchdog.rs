//! Ends the worker when its parent ends, also in the middle of a sum.
//!
//! The parent holds the other end of standard input. However the parent ends, even by `kill -9`, the
//! system closes that end. A worker that waits for a frame sees the end of its input by itself. For a
//! worker that is busy, a second thread waits for the hang-up. A short sum may still be finished;
//! then the thread takes the lock on standard input, which it gets only while a sum runs. What it still
//! finds there must be whole frames.

use std::time::Duration;
use std::{io, process, thread};

use children::itself;

use crate::frame::Message;
use crate::worker::complain;

/// How long a worker may go on once its parent has hung up.
const GRACE: Duration = Duration::from_millis(300);

/// Starts the second thread.
pub(super) fn start() {
    // Without the thread the worker still ends with its input, only later: after its sum.
    let _ = thread::Builder::new().name("watchdog".into()).spawn(|| {
        itself::wait_for_hang_up();
        thread::sleep(GRACE);
        let mut input = io::stdin().lock();
        let code = loop {
            match Message::read(&mut input) {
                Ok(Some(_)) => {}
                Ok(None) => break 0,
                Err(unreadable) => break complain(&unreadable),
            }
        };
        process::exit(i32::from(code));
    });
}
