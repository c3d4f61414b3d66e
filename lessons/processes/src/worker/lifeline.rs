//! Ends the worker when its parent ends, also in the middle of a sum.
//!
//! The parent holds the other end of standard input. However the parent ends, even by `kill -9`, the
//! system closes that end. A worker that waits for a frame sees the end of its input by itself. For a
//! worker that is busy, a second thread waits for the hang-up. A short sum may still be finished;
//! then the thread takes the lock on standard input, which it gets only while a sum runs. What it still
//! reads there must be whole frames in their places, up to the end.
//!
//! It also looks at what comes during a long sum, so that nonsense, and a frame out of place, is found out
//! before the sum is done.

#[cfg(unix)]
pub(super) use unix::hold;

/// Elsewhere the worker ends with its input after its sum.
#[cfg(not(unix))]
pub(super) fn hold() {}

#[cfg(unix)]
mod unix {
    use std::time::Duration;
    use std::{io, process, thread};

    use rustix::event::{PollFd, PollFlags, Timespec, poll};

    use crate::worker::{complain, input};

    /// How long a worker may go on once its parent has hung up, and how often it looks at what comes.
    const GRACE: Duration = Duration::from_millis(300);

    /// Starts the second thread.
    pub(in crate::worker) fn hold() {
        // Without the thread the worker still ends with its input, only later: after its sum.
        let _ = thread::Builder::new().name("lifeline".into()).spawn(|| {
            loop {
                let seen = seen(GRACE);
                if seen.intersects(PollFlags::HUP | PollFlags::ERR) {
                    break;
                }
                if seen.contains(PollFlags::IN) {
                    // Whoever waits for a frame reads it; what is still there later came during a sum.
                    thread::sleep(GRACE);
                }
                // Also if nothing has come: some of it may have come together with the request.
                read_ahead();
            }
            thread::sleep(GRACE);
            let mut input = input::lock();
            if input.is_over() {
                return;
            }
            let code = input.read_to_the_end().map_or_else(|nonsense| complain(&nonsense), |()| 0);
            process::exit(i32::from(code));
        });
    }

    /// Reads the frames that have come during a sum, and keeps them for later. Ends the worker at nonsense.
    fn read_ahead() {
        // Whoever waits for a frame has the lock, and reads what comes.
        let Some(mut input) = input::try_lock() else { return };
        while input.has_room()
            && (input.has_bytes() || seen(Duration::ZERO).contains(PollFlags::IN))
        {
            if let Err(nonsense) = input.read_ahead() {
                process::exit(i32::from(complain(&nonsense)));
            }
        }
    }

    /// What is to be seen of standard input, now or within a time.
    fn seen(within: Duration) -> PollFlags {
        let input = io::stdin();
        let mut descriptors = [PollFd::new(&input, PollFlags::IN)];
        // A time that is too long for the system is none of ours.
        let within = Timespec::try_from(within).ok();
        match poll(&mut descriptors, within.as_ref()) {
            Ok(_) => descriptors[0].revents(),
            Err(_) => PollFlags::empty(),
        }
    }
}
